using System.Buffers.Binary;

namespace EnergyChain.Devices.Modbus;

/// <summary>The MBAP framing of Modbus TCP (MODBUS Messaging on TCP/IP V1.0b, section 3.1.3). Pure and total.</summary>
public static class ModbusFrame
{
    /// <summary>
    /// Decodes the header at the start of <paramref name="bytes"/>. Any bytes give a status; the header is meaningful
    /// only with <see cref="ModbusFrameStatus.Complete"/>, which says nothing about the bytes after the header.
    /// </summary>
    public static ModbusFrameStatus DecodeHeader(ReadOnlySpan<byte> bytes, out ModbusHeader header)
    {
        header = default;
        if (bytes.Length < ModbusLimits.HeaderBytes)
        {
            return ModbusFrameStatus.NeedMoreData;
        }

        if (BinaryPrimitives.ReadUInt16BigEndian(bytes[2..]) != 0)
        {
            return ModbusFrameStatus.WrongProtocol;
        }

        // The length field counts the unit byte, and a PDU has at least a function code.
        int length = BinaryPrimitives.ReadUInt16BigEndian(bytes[4..]);
        if (length is < 2 or > ModbusLimits.MaximumPduBytes + 1)
        {
            return ModbusFrameStatus.LengthOutOfRange;
        }

        header = new ModbusHeader(BinaryPrimitives.ReadUInt16BigEndian(bytes), bytes[6], length - 1);
        return ModbusFrameStatus.Complete;
    }

    /// <summary>
    /// Writes the header for a PDU of <paramref name="pduBytes"/> bytes that the caller puts after it.
    /// </summary>
    /// <returns>The size of the whole frame.</returns>
    public static int EncodeHeader(ushort transactionId, byte unit, int pduBytes, Span<byte> destination)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(pduBytes, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(pduBytes, ModbusLimits.MaximumPduBytes);
        BinaryPrimitives.WriteUInt16BigEndian(destination, transactionId);
        BinaryPrimitives.WriteUInt16BigEndian(destination[2..], 0);
        BinaryPrimitives.WriteUInt16BigEndian(destination[4..], (ushort)(pduBytes + 1));
        destination[6] = unit;
        return ModbusLimits.HeaderBytes + pduBytes;
    }
}
