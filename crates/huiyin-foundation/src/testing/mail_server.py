"""A mail server for tests: what it takes stands in a folder as one JSON file a letter.

The address decides what happens: busy@… is asked to come again, nobody@… is refused, slow@… never gets an answer.
"""
import asyncio
import email
import email.policy
import json
import pathlib
import sys

from aiosmtpd.smtp import SMTP


class Sink:
    def __init__(self, folder):
        self.folder = folder
        self.count = 0

    async def handle_RCPT(self, server, session, envelope, address, options):
        who = address.split("@")[0]
        if who == "busy":
            return "451 come again later"
        if who == "nobody":
            return "550 there is no " + address
        if who == "slow":
            await asyncio.sleep(3600)
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        letter = email.message_from_bytes(envelope.content, policy=email.policy.default)
        taken = {
            "to": envelope.rcpt_tos,
            "id": str(letter["Message-ID"]),
            "subject": str(letter["Subject"]),
            "from": str(letter["From"]),
            "auto": str(letter["Auto-Submitted"]),
            "reply_to": str(letter["In-Reply-To"]),
            "body": letter.get_content(),
        }
        (self.folder / f"{self.count:04}.json").write_text(json.dumps(taken))
        self.count += 1
        return "250 OK"


async def main():
    sink = Sink(pathlib.Path(sys.argv[1]))
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: SMTP(sink, hostname="127.0.0.1"), "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    # Whoever started us holds our standard input; when they are gone, so are we.
    await loop.run_in_executor(None, sys.stdin.read)
    sys.exit(0)


asyncio.run(main())
