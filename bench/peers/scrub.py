"""scrubadub with its default detectors."""

import scrubadub
from contest import enter

scrubber = scrubadub.Scrubber()

enter(lambda text: [[filth.beg, filth.end] for filth in scrubber.iter_filth(text)])
