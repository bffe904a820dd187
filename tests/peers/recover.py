# SPDX-License-Identifier: Apache-2.0
"""Speaks to a device in serial recovery with a public implementation of SMP.

Usage: recover.py PORT COMMAND..., each of them one of

    list            prints the images
    parameters      prints the largest message
    upload FILE     sends an image
    reset           starts the device anew
    recovery        waits until the device is in recovery again

Ends with an error when an answer is missing or refuses something.
"""

import asyncio
import logging
import sys
from pathlib import Path

from smpclient import SMPClient
from smpclient.generics import success
from smpclient.requests.image_management import ImageStatesRead
from smpclient.requests.os_management import EchoWrite, MCUMgrParametersRead, ResetWrite
from smpclient.transport.serial import SMPSerialTransport

SECONDS = 30
IN_RECOVERY = b"serial recovery\n"


async def ask(client, request):
    answer = await client.request(request)
    if not success(answer):
        sys.exit(f"{type(request).__name__}: {answer}")
    return answer


async def list_images(client):
    images = (await ask(client, ImageStatesRead())).images
    for image in images:
        words = "bootable" if image.bootable else "not bootable"
        print(f"slot {image.slot}: {image.version} {image.hash.hex()} {words}")
    print(f"{len(images)} images")


async def upload(client, file):
    image = Path(file).read_bytes()
    requests = 0
    async for _ in client.upload(image):
        requests += 1
    print(f"{len(image)} bytes in {requests} requests")


async def recovery(transport):
    text = b""
    while IN_RECOVERY not in text:
        text += await transport.read_serial()
        await asyncio.sleep(0.01)


async def main(port, commands):
    transport = SMPSerialTransport()
    async with SMPClient(transport, port, SECONDS) as client:
        answer = await ask(client, EchoWrite(d="hello"))
        if answer.r != "hello":
            sys.exit(f"another echo: {answer.r}")
        commands = iter(commands)
        for command in commands:
            match command:
                case "list":
                    await list_images(client)
                case "parameters":
                    print(f"messages of {(await ask(client, MCUMgrParametersRead())).buf_size} bytes")
                case "upload":
                    await upload(client, next(commands))
                case "reset":
                    await ask(client, ResetWrite())
                case "recovery":
                    await asyncio.wait_for(recovery(transport), SECONDS)
                case _:
                    sys.exit(__doc__)


# It tells of each answer that the device speaks the first version of the protocol.
logging.disable(logging.WARNING)
asyncio.run(main(sys.argv[1], sys.argv[2:]))
