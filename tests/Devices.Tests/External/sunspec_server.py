"""An independent Modbus server with SunSpec models, for ExternalModbusTests: sunspec_server.py PORT.

Written against the SunSpec models, not against EnergyChain: unit 1 an inverter at 40000 (with an end model), unit 2 a
meter at 50000 whose chain just stops (reads beyond it answer exception 2).
"""
import struct
import sys

from pymodbus.datastore import ModbusServerContext, ModbusSlaveContext, ModbusSparseDataBlock
from pymodbus.server import StartTcpServer


def text(value, registers):
    raw = value.encode("ascii").ljust(2 * registers, b"\0")
    return list(struct.unpack(">%dH" % registers, raw))


def common(model, serial):
    body = text("Independent", 16) + text(model, 16) + text("", 8) + text("1.0", 8) + text(serial, 16) + [1, 0x8000]
    return [1, len(body)] + body


def points(model_id, length, values):
    body = [0x8000] * length
    for offset, value in values.items():
        body[offset - 2] = value & 0xFFFF
    return [model_id, length] + body


def acc32(offset, value):
    return {offset: value >> 16, offset + 1: value}


def unit(base, registers):
    # zero_mode keeps addresses as they are on the wire.
    block = ModbusSparseDataBlock({base + index: value for index, value in enumerate(registers)})
    return ModbusSlaveContext(hr=block, zero_mode=True)


MARKER = [0x5375, 0x6E53]
INVERTER = points(103, 50, {14: 321, 15: 1, 16: 5001, 17: -2, **acc32(24, 123456), 26: 1, 31: 3300, 32: 0, 38: 4})
METER = points(203, 105, {18: -1250, 22: 0, **acc32(38, 70000), **acc32(46, 80000), 54: 0})

UNITS = {
    1: unit(40000, MARKER + common("PV-9000", "INV-1") + INVERTER + [0xFFFF, 0]),
    2: unit(50000, MARKER + common("M-3", "MET-2") + METER),
}

if __name__ == "__main__":
    StartTcpServer(context=ModbusServerContext(slaves=UNITS, single=False), address=("127.0.0.1", int(sys.argv[1])))
