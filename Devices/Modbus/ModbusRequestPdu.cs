using System.Buffers.Binary;

namespace EnergyChain.Devices.Modbus;

/// <summary>Request PDUs of functions 3, 4, 6 and 16. Encoding checks its arguments, decoding never throws.</summary>
public static class ModbusRequestPdu
{
    private const int ReadBytes = 5;
    private const int WriteMultipleHeadBytes = 6;

    /// <summary>Encodes a read of 1 to 125 registers.</summary>
    /// <returns>Bytes written.</returns>
    public static int EncodeRead(ModbusFunction function, ushort address, ushort count, Span<byte> destination)
    {
        destination[0] = (byte)function;
        BinaryPrimitives.WriteUInt16BigEndian(destination[1..], address);
        BinaryPrimitives.WriteUInt16BigEndian(destination[3..], count);
        return ReadBytes;
    }

    /// <summary>Encodes function 6.</summary>
    /// <returns>Bytes written.</returns>
    public static int EncodeWriteSingle(ushort address, ushort value, Span<byte> destination) =>
        EncodeRead(ModbusFunction.WriteSingleRegister, address, value, destination);

    /// <summary>Encodes function 16 with 1 to 123 values.</summary>
    /// <returns>Bytes written.</returns>
    public static int EncodeWriteMultiple(ushort address, ReadOnlySpan<ushort> values, Span<byte> destination)
    {
        ArgumentOutOfRangeException.ThrowIfZero(values.Length);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(values.Length, ModbusLimits.MaximumRegistersPerWrite);
        EncodeRead(ModbusFunction.WriteMultipleRegisters, address, (ushort)values.Length, destination);
        destination[5] = (byte)(2 * values.Length);
        for (int i = 0; i < values.Length; i++)
        {
            BinaryPrimitives.WriteUInt16BigEndian(destination[(WriteMultipleHeadBytes + (2 * i))..], values[i]);
        }

        return WriteMultipleHeadBytes + (2 * values.Length);
    }

    /// <summary>Decodes a request as a server sees it; <paramref name="request"/> is valid only with Ok.</summary>
    public static ModbusPduStatus Decode(ReadOnlySpan<byte> pdu, out ModbusRequest request)
    {
        request = default;
        if (pdu.IsEmpty)
        {
            return ModbusPduStatus.Empty;
        }

        return (ModbusFunction)pdu[0] switch
        {
            ModbusFunction.ReadHoldingRegisters or ModbusFunction.ReadInputRegisters => DecodeRead(pdu, out request),
            ModbusFunction.WriteSingleRegister => DecodeWriteSingle(pdu, out request),
            ModbusFunction.WriteMultipleRegisters => DecodeWriteMultiple(pdu, out request),
            _ => ModbusPduStatus.UnknownFunction,
        };
    }

    private static ModbusPduStatus DecodeRead(ReadOnlySpan<byte> pdu, out ModbusRequest request)
    {
        request = default;
        if (pdu.Length != ReadBytes)
        {
            return ModbusPduStatus.WrongLength;
        }

        ushort address = BinaryPrimitives.ReadUInt16BigEndian(pdu[1..]);
        ushort count = BinaryPrimitives.ReadUInt16BigEndian(pdu[3..]);
        ModbusPduStatus status = CheckRange(address, count, ModbusLimits.MaximumRegistersPerRead);
        if (status == ModbusPduStatus.Ok)
        {
            request = new ModbusRequest((ModbusFunction)pdu[0], address, count, []);
        }

        return status;
    }

    private static ModbusPduStatus DecodeWriteSingle(ReadOnlySpan<byte> pdu, out ModbusRequest request)
    {
        request = default;
        if (pdu.Length != ReadBytes)
        {
            return ModbusPduStatus.WrongLength;
        }

        ushort address = BinaryPrimitives.ReadUInt16BigEndian(pdu[1..]);
        request = new ModbusRequest(ModbusFunction.WriteSingleRegister, address, 1, pdu[3..]);
        return ModbusPduStatus.Ok;
    }

    private static ModbusPduStatus DecodeWriteMultiple(ReadOnlySpan<byte> pdu, out ModbusRequest request)
    {
        request = default;
        if (pdu.Length < WriteMultipleHeadBytes)
        {
            return ModbusPduStatus.WrongLength;
        }

        ushort address = BinaryPrimitives.ReadUInt16BigEndian(pdu[1..]);
        ushort count = BinaryPrimitives.ReadUInt16BigEndian(pdu[3..]);
        ModbusPduStatus status = CheckRange(address, count, ModbusLimits.MaximumRegistersPerWrite);
        if (status != ModbusPduStatus.Ok)
        {
            return status;
        }

        if (pdu[5] != 2 * count)
        {
            return ModbusPduStatus.ByteCountMismatch;
        }

        if (pdu.Length != WriteMultipleHeadBytes + (2 * count))
        {
            return ModbusPduStatus.WrongLength;
        }

        ReadOnlySpan<byte> values = pdu[WriteMultipleHeadBytes..];
        request = new ModbusRequest(ModbusFunction.WriteMultipleRegisters, address, count, values);
        return ModbusPduStatus.Ok;
    }

    /// <summary>Whether a range of registers can be named in one message.</summary>
    internal static ModbusPduStatus CheckRange(ushort address, int count, int maximumCount)
    {
        if (count == 0 || count > maximumCount)
        {
            return ModbusPduStatus.CountOutOfRange;
        }

        return address + count > ModbusLimits.RegisterCount ? ModbusPduStatus.AddressOutOfRange : ModbusPduStatus.Ok;
    }
}
