"""What a contestant of bench/measures/guard.mjs in Python does: reads posts and labelled texts, prints how it went.

Only the posts are timed, by the processor time of this process, on one core; loading is not. A peer that is too slow
for all posts is given every so many.
"""

import json
import sys
import time

WARM_UP = 50


def enter(find, every=1):
    """`find` gives the places of what was found in a text, as pairs of character offsets."""
    posts, labelled = ([json.loads(line) for line in open(file, encoding="utf-8")] for file in sys.argv[1:3])
    posts = posts[::every]
    for post in posts[:WARM_UP]:
        find(post["text"])
    start = time.process_time()
    found = [find(post["text"]) for post in posts]
    seconds = time.process_time() - start
    json.dump(
        {
            "characters": sum(len(post["text"]) for post in posts),
            "seconds": seconds,
            "read": [post["id"] for post in posts],
            "flagged": [post["id"] for post, places in zip(posts, found) if places],
            "labelled": {text["id"]: find(text["text"]) for text in labelled},
        },
        sys.stdout,
    )
