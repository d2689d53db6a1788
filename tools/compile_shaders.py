#!/usr/bin/env python3
"""Compile the Slang shaders of Sources/CShaders to SPIR-V.

    pip install slangpy==0.43.1        # carries the Slang compiler 2026.12; nothing else needs it
    tools/compile_shaders.py           # writes spirv/*.spv and table.inc
    tools/compile_shaders.py --check   # compiles again and fails where a committed file differs

All SPIR-V passes the validator that the compiler carries, which knows the extensions of matrix units;
Debian 12's spirv-val does not. SPIR-V is committed, so that `swift build` needs no shader compiler.
`table.inc` embeds every entry point with the size of its push constants, and a hash of every source, by which
a test finds stale SPIR-V without a compiler.
"""

import argparse
import ctypes
import importlib.util
import os
import re
import struct
import sys
from pathlib import Path

SHADERS = Path(__file__).resolve().parent.parent / "Sources" / "CShaders"
ENTRY_POINT = re.compile(r'\[shader\("compute"\)\][^{;]*?\bvoid\s+(\w+)\s*\(')
OPTIONS = ["-target", "spirv", "-profile", "spirv_1_5", "-stage", "compute", "-O2", "-warnings-as-errors", "all",
           # Matrix units raise the profile.
           "-warnings-disable", "41012"]
os.environ["SLANG_RUN_SPIRV_VALIDATION"] = "1"


class Slang:
    """The Slang compiler that the slangpy package carries, through its C interface."""

    def __init__(self):
        package = importlib.util.find_spec("slangpy")
        libraries = package and sorted(Path(package.origin).parent.glob("libslang-compiler.*"))
        if not libraries:
            sys.exit("compile_shaders: no Slang compiler was found; install it with `pip install slangpy==0.43.1`")
        self.library = library = ctypes.CDLL(str(libraries[-1]))
        for name in ("spCreateSession", "spCreateCompileRequest", "spGetCompileRequestCode", "spGetDiagnosticOutput"):
            getattr(library, name).restype = ctypes.c_void_p
        library.spCreateSession.argtypes = [ctypes.c_char_p]
        library.spCreateCompileRequest.argtypes = [ctypes.c_void_p]
        library.spProcessCommandLineArguments.argtypes = [
            ctypes.c_void_p, ctypes.POINTER(ctypes.c_char_p), ctypes.c_int]
        library.spCompile.argtypes = [ctypes.c_void_p]
        library.spGetDiagnosticOutput.argtypes = [ctypes.c_void_p]
        library.spGetCompileRequestCode.argtypes = [ctypes.c_void_p, ctypes.POINTER(ctypes.c_size_t)]
        library.spDestroyCompileRequest.argtypes = [ctypes.c_void_p]
        self.session = library.spCreateSession(None)

    def compile(self, source: Path, entry_point: str) -> bytes:
        """SPIR-V of one entry point, which is called "main" in it."""
        library, request = self.library, self.library.spCreateCompileRequest(self.session)
        arguments = [str(source), "-I", str(source.parent), "-entry", entry_point, *OPTIONS]
        words = (ctypes.c_char_p * len(arguments))(*(word.encode() for word in arguments))
        failed = library.spProcessCommandLineArguments(request, words, len(arguments)) < 0
        failed = failed or library.spCompile(request) < 0
        if failed:
            said = ctypes.string_at(library.spGetDiagnosticOutput(request)).decode()
            sys.exit(f"compile_shaders: {source.name}, {entry_point}:\n{said}")
        size = ctypes.c_size_t()
        code = library.spGetCompileRequestCode(request, ctypes.byref(size))
        spirv = ctypes.string_at(code, size.value)
        library.spDestroyCompileRequest(request)
        return with_shared_memory(without_source(spirv))


def instructions(spirv: bytes):
    """The words of every instruction, the first one its opcode."""
    words = struct.unpack(f"<{len(spirv) // 4}I", spirv)
    position = 5
    while position < len(words):
        length = words[position] >> 16
        yield words[position] & 0xFFFF, words[position + 1:position + length]
        position += length


def without_source(spirv: bytes) -> bytes:
    """The same code without OpSource, whose language (Slang) older validators do not know."""
    kept, position = [spirv[:20]], 20
    while position < len(spirv):
        opcode, length = struct.unpack_from("<HH", spirv, position)
        if opcode != 3:
            kept.append(spirv[position:position + 4 * length])
        position += 4 * length
    return b"".join(kept)


def with_shared_memory(spirv: bytes) -> bytes:
    """The same code whose threads see what others wrote to shared memory.

    In Vulkan's memory model, which matrix units need, barriers do not order accesses that are private, and
    all are that do not say otherwise; the compiler does not.
    """
    all_instructions = list(instructions(spirv))
    if (14, (5348, 3)) not in all_instructions:  # OpMemoryModel PhysicalStorageBuffer64 Vulkan
        return spirv
    types = {words[0] for opcode, words in all_instructions if opcode == 32 and words[1] == 4}
    shared = {words[1] for opcode, words in all_instructions if opcode in (59, 65) and words[0] in types}
    # Where the pointer and the memory operands of loads and stores are, also of matrices.
    places = {61: (2, 3), 62: (0, 2), 4457: (2, 5), 4458: (0, 4)}
    code = [spirv[:20]]
    for opcode, words in all_instructions:
        pointer, operands = places.get(opcode, (0, 0))
        if operands and words[pointer] in shared:
            rest = words[operands:] or (0,)
            words = (*words[:operands], rest[0] | 0x20, *rest[1:])  # NonPrivatePointer
        code.append(struct.pack(f"<{len(words) + 1}I", len(words) + 1 << 16 | opcode, *words))
    return b"".join(code)


def push_constant_size(spirv: bytes) -> int:
    """Bytes of the push constants, up to the end of the last member."""
    sizes, types, offsets, strides, constants, block = {}, {}, {}, {}, {}, None
    for opcode, words in instructions(spirv):
        match opcode:
            case 72 if words[2] == 35:  # OpMemberDecorate Offset
                offsets[words[0], words[1]] = words[3]
            case 71 if words[1] == 6:  # OpDecorate ArrayStride
                strides[words[0]] = words[2]
            case 21 | 22:  # OpTypeInt, OpTypeFloat
                sizes[words[0]] = words[1] // 8
            case 23:  # OpTypeVector
                sizes[words[0]] = sizes.get(words[1], 0) * words[2]
            case 43:  # OpConstant
                constants[words[1]] = words[2]
            case 28:  # OpTypeArray
                sizes[words[0]] = strides.get(words[0], 0) * constants[words[2]]
            case 30:  # OpTypeStruct
                types[words[0]] = words[1:]
                last = len(words) - 2
                if (words[0], last) in offsets:
                    sizes[words[0]] = offsets[words[0], last] + sizes[words[-1]]
            case 32:  # OpTypePointer
                sizes[words[0]] = 8
                types[words[0]] = words[2:]
            case 39:  # OpTypeForwardPointer
                sizes[words[0]] = 8
            case 59 if words[2] == 9:  # OpVariable PushConstant
                block = types[words[0]][0]
    return sizes[block] if block else 0


def fnv1a(data: bytes) -> int:
    """The 64-bit FNV-1a hash."""
    value = 0xCBF29CE484222325
    for byte in data:
        value = (value ^ byte) * 0x100000001B3 % (1 << 64)
    return value


def build() -> dict[str, bytes]:
    """Contents of every file that is made, by its path below Sources/CShaders."""
    slang, files, entries, hashes = Slang(), {}, [], []
    for source in sorted((SHADERS / "slang").glob("*.slang")):
        text = source.read_text()
        hashes.append(f'SOURCE("{source.name}", 0x{fnv1a(text.encode()):016x})')
        for name in ENTRY_POINT.findall(text):
            spirv = slang.compile(source, name)
            files[f"spirv/{name}.spv"] = spirv
            entries.append((name, push_constant_size(spirv)))
    arrays = [
        f"alignas(4) static const unsigned char {name}_spirv[] = {{\n#embed \"spirv/{name}.spv\"\n}};"
        for name, _ in entries]
    table = [f'{{"{name}", {name}_spirv, sizeof {name}_spirv, {size}}},' for name, size in entries]
    sources = [line.replace("SOURCE(", "{").replace(")", "},") for line in hashes]
    files["table.inc"] = "\n".join(
        ["// Made by tools/compile_shaders.py.", *arrays, "", "static const struct Shader table[] = {", *table, "};",
         "", "static const struct ShaderSource source_table[] = {", *sources, "};", ""]).encode()
    return files


def main():
    parser = argparse.ArgumentParser(description="Compile the Slang shaders to SPIR-V.")
    parser.add_argument("--check", action="store_true", help="write nothing; fail where a committed file differs")
    check = parser.parse_args().check
    files = build()
    stale = [path for path, data in files.items()
             if not (SHADERS / path).is_file() or (SHADERS / path).read_bytes() != data]
    stale += [str(path.relative_to(SHADERS)) for path in (SHADERS / "spirv").glob("*.spv")
              if str(path.relative_to(SHADERS)) not in files]
    if check:
        if stale:
            sys.exit("compile_shaders: these are stale; run tools/compile_shaders.py: " + ", ".join(sorted(stale)))
        return
    (SHADERS / "spirv").mkdir(exist_ok=True)
    for path in stale:
        if path in files:
            (SHADERS / path).write_bytes(files[path])
        else:
            (SHADERS / path).unlink()
    print(f"{len(files) - 1} shaders, {len(stale)} files changed")


if __name__ == "__main__":
    main()
