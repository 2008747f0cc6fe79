"""One HTTP request with limits that hold.

The timeout of http.client is one for each read: a stream that sends a comment every second never meets it. Here a timer
shuts the connection down, whatever the program is waiting for.
"""
import http.client
import json
import socket
import threading
import time
from contextlib import contextmanager

LONGEST_LINE = 1_000_000
LONGEST_STREAM = 10_000_000


class Unusable(Exception):
    """What came is no answer. The reason holds nothing that a provider said."""

    def __init__(self, reason):
        super().__init__(reason)
        self.safe_reason = reason


@contextmanager
def watched_post(url, headers, body, limits):
    """Posts JSON. `limits`: seconds for the whole call, and for a silence after the first words."""
    total, silence = limits
    secure = url.scheme == "https"
    connect = http.client.HTTPSConnection if secure else http.client.HTTPConnection
    connection = connect(url.hostname, url.port, timeout=total)
    started = time.monotonic()
    connection.connect()
    answer = WatchedAnswer(connection, silence)
    answer.arm_total(max(0.001, total - (time.monotonic() - started)))
    try:
        path = url.path + (f"?{url.query}" if url.query else "")
        connection.request("POST", path, json.dumps(body), {"content-type": "application/json", **headers})
        answer.receive()
        yield answer
    except (OSError, http.client.HTTPException, ValueError) as error:
        raise answer.too_late or error
    finally:
        answer.disarm()
        connection.close()


class WatchedAnswer:
    """The answer to one request, and the timers that end it."""

    def __init__(self, connection, silence):
        self._socket = connection.sock
        self._connection = connection
        self._silence = silence
        self._last_content = None
        self._timers = []
        self.too_late = None

    def arm_total(self, after):
        self._arm(after, lambda: self._cut("no whole answer in time"))

    def receive(self):
        self._response = self._connection.getresponse()
        self.status = self._response.status
        self.content_type = self._response.headers.get("content-type", "")

    def saw_content(self):
        """Words have come: the silence begins anew. Pings and comments are not words."""
        is_first = self._last_content is None
        self._last_content = time.monotonic()
        if is_first:
            self._arm(self._silence, self._look)

    def lines(self):
        """The lines of a stream, until it ends. Whoever reads them decides whether it ended well."""
        size = 0
        while True:
            line = self._response.readline(LONGEST_LINE)
            size += len(line)
            if self.too_late:
                raise self.too_late
            if size > LONGEST_STREAM:
                raise Unusable("an endless stream")
            if not line:
                return
            yield line.decode("utf-8").strip()

    def read(self, most):
        """The whole body, at most `most` bytes."""
        raw = self._response.read(most + 1)
        if self.too_late:
            raise self.too_late
        if len(raw) > most:
            raise Unusable("an endless body")
        length = self._response.headers.get("content-length")
        if length is not None and len(raw) != int(length):
            raise Unusable("half a body")
        return raw

    def disarm(self):
        for timer in self._timers:
            timer.cancel()

    def _look(self):
        left = self._last_content + self._silence - time.monotonic()
        if left <= 0:
            self._cut("silent in its middle")
        else:
            self._arm(left, self._look)

    def _arm(self, after, action):
        timer = threading.Timer(after, action)
        timer.daemon = True
        self._timers.append(timer)
        timer.start()

    def _cut(self, reason):
        self.too_late = self.too_late or Unusable(reason)
        try:
            self._socket.shutdown(socket.SHUT_RDWR)
        except OSError:
            pass  # It is closed already.
