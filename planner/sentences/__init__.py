"""What is said of plans, findings and problems, in the languages of the region: English where a catalogue says nothing."""

from planner.sentences.catalogue import Catalogue, catalogue
from planner.sentences.saying import in_language
from planner.sentences.template import Kind, Place, Template, shape
from planner.sentences.titles import place_told

__all__ = ["Catalogue", "Kind", "Place", "Template", "catalogue", "in_language", "place_told", "shape"]
