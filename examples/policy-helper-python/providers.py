"""The two providers over raw HTTP: OpenAI chat completions, streamed, and Anthropic messages in one body."""
import json
import os
from urllib.parse import urlsplit

from watched_request import Unusable, watched_post

LONGEST_BODY = 1_000_000


def ask_openai(system, question, limits):
    """The text of a whole answer. A stream that ends without its finish reason and [DONE] is none."""
    base = os.environ.get("OPENAI_BASE_URL", "https://api.openai.com/v1")
    body = {
        "model": "gpt-4.1",
        "temperature": 0,
        "max_completion_tokens": 500,
        "messages": [{"role": "system", "content": system}, {"role": "user", "content": question}],
        "stream": True,
        "stream_options": {"include_usage": True},
    }
    headers = {"authorization": f"Bearer {key('OPENAI_API_KEY')}"}
    text, finish, done = [], None, False
    with watched_post(endpoint(base, "/chat/completions"), headers, body, limits) as answer:
        require_ok(answer, "text/event-stream")
        for line in answer.lines():
            if not line.startswith("data:"):
                continue
            data = line[5:].strip()
            if data == "[DONE]":
                done = True
                break
            event = json.loads(data)
            if "error" in event:
                raise Unusable("an error in the stream")
            for choice in event.get("choices", []):
                delta = choice.get("delta") or {}
                finish = choice.get("finish_reason") or finish
                if delta.get("refusal"):
                    raise Unusable("refused")
                if delta.get("content"):
                    text.append(delta["content"])
                    answer.saw_content()
    if not done or finish != "stop":
        raise Unusable(f"ended with {finish or 'no finish reason'}")
    return "".join(text)


def ask_anthropic(system, question, limits):
    """The text of a whole answer, in this provider's own request shape."""
    base = os.environ.get("ANTHROPIC_BASE_URL", "https://api.anthropic.com")
    body = {
        "model": "claude-sonnet-4-6",
        "temperature": 0,
        "max_tokens": 500,
        "system": system,
        "messages": [{"role": "user", "content": question}],
    }
    headers = {"x-api-key": key("ANTHROPIC_API_KEY"), "anthropic-version": "2023-06-01"}
    with watched_post(endpoint(base, "/v1/messages"), headers, body, limits) as answer:
        require_ok(answer, "application/json")
        raw = answer.read(LONGEST_BODY)
    message = json.loads(raw)
    if message.get("type") != "message" or message.get("stop_reason") != "end_turn":
        raise Unusable(f"ended with {message.get('stop_reason') or 'no stop reason'}")
    return "".join(block["text"] for block in message["content"] if block["type"] == "text")


def require_ok(answer, content_type):
    if answer.status != 200:
        raise Unusable(f"status {answer.status}")
    if not answer.content_type.startswith(content_type):
        raise Unusable("an answer of another type")


def endpoint(base, path):
    return urlsplit(base.rstrip("/") + path)


def key(variable):
    value = os.environ.get(variable)
    if not value:
        raise Unusable(f"{variable} is not set")
    return value
