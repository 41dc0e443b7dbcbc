using System.Buffers.Binary;

namespace EnergyChain.Devices.Modbus;

/// <summary>
/// Response PDUs of functions 3, 4, 6 and 16, and exception responses. Decoding checks the answer against what was
/// asked, touches the destination only when all of it is right, and never throws.
/// </summary>
public static class ModbusResponsePdu
{
    private const byte ExceptionFlag = 0x80;

    /// <summary>Encodes the answer to a read.</summary>
    /// <returns>Bytes written.</returns>
    public static int EncodeRead(ModbusFunction function, ReadOnlySpan<ushort> registers, Span<byte> destination)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(registers.Length, ModbusLimits.MaximumRegistersPerRead);
        destination[0] = (byte)function;
        destination[1] = (byte)(2 * registers.Length);
        for (int i = 0; i < registers.Length; i++)
        {
            BinaryPrimitives.WriteUInt16BigEndian(destination[(2 + (2 * i))..], registers[i]);
        }

        return 2 + (2 * registers.Length);
    }

    /// <summary>Encodes the answer to a write, which repeats address and value (6) or count (16).</summary>
    /// <returns>Bytes written.</returns>
    public static int EncodeWrite(
        ModbusFunction function, ushort address, ushort valueOrCount, Span<byte> destination) =>
        ModbusRequestPdu.EncodeRead(function, address, valueOrCount, destination);

    /// <summary>Encodes an exception; <paramref name="function"/> is the first byte of the request.</summary>
    /// <returns>Bytes written.</returns>
    public static int EncodeException(byte function, ModbusExceptionCode code, Span<byte> destination)
    {
        destination[0] = (byte)(function | ExceptionFlag);
        destination[1] = (byte)code;
        return 2;
    }

    /// <summary>Decodes the answer to a read of exactly <paramref name="destination"/>.Length registers.</summary>
    public static ModbusPduStatus DecodeRead(
        ReadOnlySpan<byte> pdu, ModbusFunction function, Span<ushort> destination, out ModbusExceptionCode exception)
    {
        ModbusPduStatus status = CheckFunction(pdu, function, out exception);
        if (status != ModbusPduStatus.Ok)
        {
            return status;
        }

        if (pdu.Length < 2)
        {
            return ModbusPduStatus.WrongLength;
        }

        if (pdu[1] != 2 * destination.Length)
        {
            return ModbusPduStatus.ByteCountMismatch;
        }

        if (pdu.Length != 2 + (2 * destination.Length))
        {
            return ModbusPduStatus.WrongLength;
        }

        for (int i = 0; i < destination.Length; i++)
        {
            destination[i] = BinaryPrimitives.ReadUInt16BigEndian(pdu[(2 + (2 * i))..]);
        }

        return ModbusPduStatus.Ok;
    }

    /// <summary>Decodes the answer to a write, which must repeat address and value (6) or count (16).</summary>
    public static ModbusPduStatus DecodeWrite(
        ReadOnlySpan<byte> pdu,
        ModbusFunction function,
        ushort address,
        ushort valueOrCount,
        out ModbusExceptionCode exception)
    {
        ModbusPduStatus status = CheckFunction(pdu, function, out exception);
        if (status != ModbusPduStatus.Ok)
        {
            return status;
        }

        if (pdu.Length != 5)
        {
            return ModbusPduStatus.WrongLength;
        }

        bool sameAddress = BinaryPrimitives.ReadUInt16BigEndian(pdu[1..]) == address;
        bool sameValue = BinaryPrimitives.ReadUInt16BigEndian(pdu[3..]) == valueOrCount;
        return sameAddress && sameValue ? ModbusPduStatus.Ok : ModbusPduStatus.EchoMismatch;
    }

    private static ModbusPduStatus CheckFunction(
        ReadOnlySpan<byte> pdu, ModbusFunction function, out ModbusExceptionCode exception)
    {
        exception = ModbusExceptionCode.None;
        if (pdu.IsEmpty)
        {
            return ModbusPduStatus.Empty;
        }

        if (pdu[0] == (byte)function)
        {
            return ModbusPduStatus.Ok;
        }

        if (pdu[0] != ((byte)function | ExceptionFlag))
        {
            return ModbusPduStatus.UnexpectedFunction;
        }

        if (pdu.Length != 2)
        {
            return ModbusPduStatus.WrongLength;
        }

        exception = (ModbusExceptionCode)pdu[1];
        return ModbusPduStatus.Exception;
    }
}
