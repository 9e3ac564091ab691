"""Decision files in the database: numbered, never changed, and decided by the newest."""

import threading
from typing import Any

import pytest
from sqlalchemy.exc import DatabaseError

import engine
from engine import Database, DecisionUnknown, DecisionVersion, Fault, Refused
from engine.tables import DECISION
from tests.conftest import MONDAY_MORNING
from tests.engine.decisions.drawing import column, decision, file, output


def fee(amount: int, *others: str) -> bytes:
    """Return a file with the decision ``fee``."""
    drawn = decision("fee", [column("n", "number")], [output("r", "number")], f"- -> n + {amount}")
    return file(drawn, *others)


def deploy(database: Database, xml: bytes) -> DecisionVersion:
    """Deploy a file in a transaction of its own."""
    return database.write(lambda session: engine.deploy_decision(session, xml, by="admin"))


def decide(database: Database, decision_id: str, **inputs: Any) -> engine.Decided:
    """Decide in a transaction that changes nothing."""
    with database.read() as session:
        return engine.decide(session, decision_id, inputs)


def test_a_file_is_deployed_as_a_version(database: Database) -> None:
    deployed = deploy(database, fee(1))

    assert (deployed.definitions_id, deployed.version, deployed.name) == ("file", 1, "File")
    assert (deployed.decisions, deployed.xml) == ({"fee": "fee"}, fee(1))
    assert (deployed.deployed_by, deployed.deployed_at) == ("admin", MONDAY_MORNING)


def test_the_same_bytes_are_the_same_version(database: Database) -> None:
    first = deploy(database, fee(1))

    again = deploy(database, fee(1))

    assert again == first


def test_the_newest_version_decides(database: Database) -> None:
    deploy(database, fee(1))
    before = decide(database, "fee", n=1)
    newest = deploy(database, fee(2))

    after = decide(database, "fee", n=1)

    assert (before.result, before.version) == (2, 1)
    assert (after.result, after.version) == (3, 2)
    assert (after.definition_id, after.rules) == (newest.id, {"fee": ("fee_r1",)})


def test_all_versions_are_kept(database: Database) -> None:
    versions = [deploy(database, fee(amount)) for amount in (1, 2, 3)]

    with database.read() as session:
        assert engine.decision_versions(session, "fee") == versions[::-1]
        assert engine.decisions(session) == versions[-1:]
        assert engine.decision(session, versions[0].id) == versions[0]


def test_an_older_version_can_be_deployed_again(database: Database) -> None:
    deploy(database, fee(1))
    deploy(database, fee(2))

    again = deploy(database, fee(1))

    assert again.version == 3
    assert deploy(database, fee(1)) == again
    assert decide(database, "fee", n=1).version == 3


def test_an_id_means_one_decision(database: Database) -> None:
    deploy(database, fee(1))
    other = fee(2).replace(b'id="file"', b'id="other"')

    with pytest.raises(Refused) as refusal:
        deploy(database, other)

    (problem,) = refusal.value.problems
    assert (problem.code, problem.element_id) == ("decision_elsewhere", "fee")
    assert engine.DECISION_MESSAGES[problem.code] % problem.facts
    with database.read() as session:
        assert engine.check_decision(other, session).problems == [problem]
        assert engine.check_decision(fee(3), session).problems == []
    assert engine.check_decision(other).problems == []


def test_a_decision_that_was_taken_out_is_decided_by_its_last_version(database: Database) -> None:
    extra = decision("extra", [column("n", "number")], [output("r", "number")], "- -> n")
    deploy(database, fee(1, extra))
    deploy(database, fee(2))

    assert decide(database, "extra", n=7).version == 1
    moved = file(extra).replace(b'id="file"', b'id="other"')
    assert deploy(database, moved).version == 1


def test_a_refused_file_leaves_nothing(database: Database) -> None:
    with pytest.raises(Refused):
        deploy(database, file())

    with database.read() as session:
        assert engine.decisions(session) == []


def test_what_was_never_deployed_is_unknown(database: Database) -> None:
    with pytest.raises(DecisionUnknown):
        decide(database, "nothing")
    with database.read() as session, pytest.raises(DecisionUnknown):
        engine.decision(session, 7)
    with database.read() as session:
        assert engine.decision_versions(session, "nothing") == []


def test_tells_what_a_decision_reads(database: Database) -> None:
    deploy(database, fee(1))

    with database.read() as session:
        assert engine.decision_inputs(session, "fee") == {"n": "number"}


def test_a_fault_says_which_rule_of_the_table_failed(database: Database) -> None:
    deploy(database, fee(1))

    with pytest.raises(Fault, match="'n' holds 'one'"):
        decide(database, "fee", n="one")


def test_a_table_is_compiled_once(database: Database) -> None:
    deploy(database, fee(1))

    decide(database, "fee", n=1)
    kept = dict(database.decisions)
    decide(database, "fee", n=2)

    assert database.decisions == kept
    assert len(kept) == 1


def test_the_database_refuses_a_number_twice(database: Database) -> None:
    deployed = deploy(database, fee(1))
    twice = {
        "definitions_id": "file",
        "version": 1,
        "name": "",
        "xml": b"",
        "checksum": "",
        "deployed_at": MONDAY_MORNING,
        "deployed_by": "",
    }

    with pytest.raises(DatabaseError):
        database.write(lambda session: session.connection().execute(DECISION.insert(), twice))

    with database.read() as session:
        assert engine.decision_versions(session, "fee") == [deployed]


def test_files_that_are_deployed_at_once_get_numbers_of_their_own(database: Database) -> None:
    threads = [threading.Thread(target=deploy, args=(database, fee(n))) for n in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    with database.read() as session:
        versions = engine.decision_versions(session, "fee")
    assert [version.version for version in versions] == [6, 5, 4, 3, 2, 1]
