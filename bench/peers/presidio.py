"""presidio-analyzer with its pattern recognisers only: a blank tokenizer stands in for the language model, which its
registry does not offer, so that names and places in free text cannot be found. No threshold of score."""

import logging

import spacy
from contest import enter
from presidio_analyzer import AnalyzerEngine, RecognizerRegistry
from presidio_analyzer.nlp_engine import SpacyNlpEngine

logging.disable(logging.WARNING)


class Blank(SpacyNlpEngine):
    def load(self):
        self.nlp = {"en": spacy.blank("en")}


engine = Blank(models=[{"lang_code": "en", "model_name": "blank"}])
engine.load()
registry = RecognizerRegistry()
registry.load_predefined_recognizers(languages=["en"])
for recognizer in list(registry.recognizers):
    if recognizer.name == "SpacyRecognizer":
        registry.recognizers.remove(recognizer)
analyzer = AnalyzerEngine(registry=registry, nlp_engine=engine, supported_languages=["en"])

# Every seventh post, so that posts about nobody and about somebody are both met.
enter(lambda text: [[found.start, found.end] for found in analyzer.analyze(text=text, language="en")], every=7)
