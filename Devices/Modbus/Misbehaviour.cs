namespace EnergyChain.Devices.Modbus;

/// <summary>Makes the answer of a server that may have been told to misbehave.</summary>
internal static class Misbehaviour
{
    /// <returns>Bytes to send; 0 for silence.</returns>
    public static int Answer(
        ReplyKind kind,
        ModbusExceptionCode code,
        IRegisterBank bank,
        ModbusHeader header,
        ReadOnlySpan<byte> pdu,
        Span<byte> response)
    {
        switch (kind)
        {
            case ReplyKind.Normal:
                return ModbusResponder.Respond(bank, header, pdu, response);
            case ReplyKind.Exception:
                int bytes = ModbusResponsePdu.EncodeException(pdu[0], code, response[ModbusLimits.HeaderBytes..]);
                return ModbusFrame.EncodeHeader(header.TransactionId, header.Unit, bytes, response);
            case ReplyKind.WrongTransaction:
                ModbusHeader other = header with { TransactionId = unchecked((ushort)(header.TransactionId + 1)) };
                return ModbusResponder.Respond(bank, other, pdu, response);
            case ReplyKind.Garbage:
                const int garbageBytes = 16;
                response[..garbageBytes].Fill(0xA5);
                return garbageBytes;
            default:
                return 0;
        }
    }
}
