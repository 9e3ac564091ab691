"""Diagrams: the processes and their versions, check one, deploy one."""

from flask import Response, g, request

import engine
from engine import Session
from web import problems
from web.api.resource import Resource, collection
from web.api.schemas import DefinitionSchema, DiagramProblemSchema
from web.api.wire import Body, act, dump, show
from web.transaction import database, reading
from workflows import diagrams
from workflows.people import Actor

blueprint = Resource("api_diagrams", __name__, "Processes and their versions")
