"""Small real pictures, the same bytes each time: rows of palette letters."""

import struct
import zlib

PALETTE = {"w": (244, 241, 234), "b": (120, 84, 52), "g": (176, 212, 224), "r": (196, 40, 40), "k": (40, 40, 40),
           "y": (250, 216, 120), "s": (150, 150, 156)}


def png(pixels):
    """A small real picture: rows of palette letters, each letter four pixels wide and high."""
    index = {letter: i for i, letter in enumerate(PALETTE)}
    rows = []
    for row in pixels:
        wide = [index[letter] for letter in row for _ in range(4)]
        packed = bytes(wide[i] << 4 | wide[i + 1] for i in range(0, len(wide), 2))
        rows += [b"\0" + packed] * 4
    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
    head = struct.pack(">IIBBBBB", len(pixels[0]) * 4, len(pixels) * 4, 4, 3, 0, 0, 0)
    colours = b"".join(bytes(colour) for colour in PALETTE.values())
    raw = b"".join(rows)
    # One stored block: the same bytes whatever library compresses.
    stored = b"\x78\x01\x01" + struct.pack("<HH", len(raw), len(raw) ^ 0xFFFF) + raw
    stored += struct.pack(">I", zlib.adler32(raw))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"PLTE", colours) + chunk(b"IDAT", stored) \
        + chunk(b"IEND", b"")


def jpeg(pixels):
    """A small real photo as phones make them: each letter is one flat block of 8 by 8 pixels (baseline JPEG)."""
    bits = []

    def put(value, length):
        bits.extend(value >> i & 1 for i in reversed(range(length)))
    before = [0, 0, 0]
    for letter in "".join(pixels):
        r, g, b = PALETTE[letter]
        channels = ((299 * r + 587 * g + 114 * b) // 1000, 128 + (-169 * r - 331 * g + 500 * b) // 1000,
                    128 + (500 * r - 419 * g - 81 * b) // 1000)
        for i, value in enumerate(channels):
            # The quantizer is 8, so the mean of a block is its own coefficient.
            step, before[i] = value - 128 - before[i], value - 128
            size = abs(step).bit_length()
            put(size, 4)
            put(step if step > 0 else step + (1 << size) - 1, size)
            put(0, 1)
    bits += [1] * (-len(bits) % 8)
    scan = bytes(int("".join(map(str, bits[i:i + 8])), 2) for i in range(0, len(bits), 8))

    def segment(marker, data):
        return b"\xff" + bytes([marker]) + struct.pack(">H", len(data) + 2) + data
    frame = struct.pack(">BHHB", 8, len(pixels) * 8, len(pixels[0]) * 8, 3) + b"\x01\x11\0\x02\x11\0\x03\x11\0"
    # Sizes 0 to 9 in four bits each; after them only the end of the block.
    means = b"\0" + bytes([0, 0, 0, 10] + [0] * 12) + bytes(range(10))
    rest = b"\x10" + bytes([1] + [0] * 15) + b"\0"
    return b"\xff\xd8" + segment(0xE0, b"JFIF\0\x01\x01\0\0\x01\0\x01\0\0") + segment(0xDB, b"\0" + b"\x08" * 64) \
        + segment(0xC0, frame) + segment(0xC4, means) + segment(0xC4, rest) \
        + segment(0xDA, b"\x03\x01\0\x02\0\x03\0\0\x3f\0") + scan.replace(b"\xff", b"\xff\0") + b"\xff\xd9"


CRACK = ["wwwwwwww", "wbbbbbbw", "wbgrggbw", "wbggrgbw", "wbgrggbw", "wbbbbbbw", "wbwwwwbw", "wkwwwwkw"]
BOX = ["wwwwwwww", "wbbbbbww", "wbbkbbrw", "wbbkbbbw", "wbkkkbbw", "wbbkbbbw", "wbbbbbbw", "wwwwwwww"]
GLASS = ["wwwwwwww", "wbbbbbbw", "wbgkggbw", "wbggkgbw", "wbgkgkbw", "wbkggkbw", "wbbbbbbw", "wkwwwwkw"]
DARK = ["ssssssss", "skkkkkks", "skbbbbks", "skbkkbks", "skbkkbks", "skbbbbks", "skkkkkks", "ssssssss"]
LOOSE = ["wwwwwwww", "wbbbbbww", "wbwwwbbw", "wbwwwwbr", "wbwwwwbr", "wbwwwbbw", "wbbbbbww", "wkwwwkww"]
STAIN = ["wwwwwwww", "wsssssww", "wsrrssww", "wsrrrsww", "wssrssww", "wsssssww", "wkwwwkww", "wwwwwwww"]
DENT = ["ssssssss", "sbbbbbbs", "sbbbkbbs", "sbbkkkbs", "sbbbkbbs", "sbbbbbbs", "skssssks", "ssssssss"]
LIT = ["wwwwwwww", "wbbbbbbw", "wbyyyybw", "wbyggybw", "wbyggybw", "wbyyyybw", "wbbbbbbw", "wkwwwwkw"]
WHOLE = ["wwwwwwww", "wbbbbbbw", "wbggggbw", "wbggggbw", "wbggggbw", "wbggggbw", "wbbbbbbw", "wkwwwwkw"]
CLEAN = ["ssssssss", "swwwwwws", "swssssws", "swswwsws", "swswwsws", "swssssws", "swwwwwws", "ssssssss"]

# The pictures of the sample, by their files' names.
ALL = {"crack.png": png(CRACK), "box.png": png(BOX), "glass.jpg": jpeg(GLASS), "dark.jpg": jpeg(DARK),
       "loose.jpg": jpeg(LOOSE), "stain.png": png(STAIN), "dent.jpg": jpeg(DENT), "lit.jpg": jpeg(LIT),
       "whole.jpg": jpeg(WHOLE), "clean.jpg": jpeg(CLEAN)}
