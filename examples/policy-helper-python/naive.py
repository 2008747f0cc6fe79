"""The same helper as people write it first: one provider, no timeout, and what has come is the answer.

Kept beside policy_helper.py so that drills have something to find. Do not copy it.
"""
import json
import os
import sys
import urllib.request

from policy_helper import SYSTEM

question = json.load(sys.stdin)["question"]
body = {
    "model": "gpt-4.1",
    "messages": [{"role": "system", "content": SYSTEM}, {"role": "user", "content": question}],
    "stream": True,
}
request = urllib.request.Request(
    os.environ["OPENAI_BASE_URL"] + "/chat/completions",
    json.dumps(body).encode(),
    {"content-type": "application/json", "authorization": "Bearer " + os.environ["OPENAI_API_KEY"]},
)
for line in urllib.request.urlopen(request):
    if line.startswith(b"data: {"):
        for choice in json.loads(line[6:]).get("choices", []):
            print(choice["delta"].get("content") or "", end="")
print()
