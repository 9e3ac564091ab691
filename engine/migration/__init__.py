"""Lets running instances go on with another version of their diagram: proved, or not at all."""

from engine.migration.bulk import migrate_all
from engine.migration.markings import leads_to_its_end
from engine.migration.messages import MESSAGES
from engine.migration.records import Migrated, MigrationPlan, Standing, Stays
from engine.migration.verbs import migrate, plan_migration, unmigrate

__all__ = [
    "MESSAGES",
    "Migrated",
    "MigrationPlan",
    "Standing",
    "Stays",
    "leads_to_its_end",
    "migrate",
    "migrate_all",
    "plan_migration",
    "unmigrate",
]
