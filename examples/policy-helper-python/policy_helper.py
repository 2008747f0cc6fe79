"""Answers a question about the expense policy. Python 3.9 or later, standard library alone.

Reads {"question": "..."} from stdin and writes one JSON object to stdout:
  {"answer": "...", "policy": "EX-..", "by": "openai"}     answered
  {"status": "Handed to the policy team", "question": ..}  no model gave a usable answer; exit code 0 as well
Exit code 2: the input is no question.
"""
import json
import os
import sys

from providers import ask_anthropic, ask_openai

PASSAGES = {
    "EX-3": "Meals on a business trip are paid up to 60 USD a day, with receipts.",
    "EX-7": "Flights of less than six hours are booked in economy.",
    "EX-9": "Gifts to public officials are never paid.",
}

SYSTEM = (
    "You answer questions about the expense policy from these passages alone:\n"
    + "\n".join(f"{name}: {text}" for name, text in PASSAGES.items())
    + '\nAnswer with one JSON object and nothing else: {"answer": "...", "policy": "EX-.."}'
)

# In the order in which they are asked, once each.
ROUTES = (("openai", ask_openai), ("anthropic", ask_anthropic))


def main() -> int:
    question = read_question(sys.stdin.read())
    if question is None:
        print('expected {"question": "..."}', file=sys.stderr)
        return 2
    # Limits in seconds: for the whole call, and for a silence after its first words.
    limits = (seconds("MODEL_TIMEOUT_S", 5.0), seconds("MODEL_SILENCE_S", 2.0))
    for name, ask in ROUTES:
        try:
            answer = checked(ask(SYSTEM, question, limits))
        except Exception as error:  # Whatever a provider does must not end in a stack trace before the user.
            # The type alone: a message may quote the key or the question.
            print(f"{name}: {getattr(error, 'safe_reason', type(error).__name__)}", file=sys.stderr)
            continue
        print(json.dumps({**answer, "by": name}, ensure_ascii=False))
        return 0
    print(json.dumps({"status": "Handed to the policy team", "question": question}, ensure_ascii=False))
    return 0


def read_question(text):
    """The question; None when the input is none."""
    try:
        value = json.loads(text)
    except ValueError:
        return None
    question = value.get("question") if isinstance(value, dict) else None
    return question if isinstance(question, str) and 0 < len(question) <= 2000 else None


def checked(text):
    """The model's text as an answer. Raises on everything that is none: half a JSON, a fence, an invented passage."""
    value = json.loads(text)
    if not isinstance(value, dict):
        raise ValueError
    answer, policy = value.get("answer"), value.get("policy")
    if not isinstance(answer, str) or not answer.strip() or policy not in PASSAGES:
        raise ValueError
    return {"answer": answer, "policy": policy}


def seconds(variable, default):
    value = float(os.environ.get(variable, default))
    if not 0 < value <= 600:
        raise SystemExit(f"{variable} must be above 0 and at most 600")
    return value


if __name__ == "__main__":
    sys.exit(main())
