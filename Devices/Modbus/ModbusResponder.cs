namespace EnergyChain.Devices.Modbus;

/// <summary>Answers one request frame from a register bank; pure apart from the bank.</summary>
public static class ModbusResponder
{
    /// <summary>
    /// Answers the PDU, whatever it holds, with a response or an exception, as a complete frame in
    /// <paramref name="response"/> (at least <see cref="ModbusLimits.MaximumFrameBytes"/> bytes).
    /// </summary>
    /// <returns>Bytes of the frame.</returns>
    public static int Respond(IRegisterBank bank, ModbusHeader header, ReadOnlySpan<byte> pdu, Span<byte> response)
    {
        Span<byte> answer = response[ModbusLimits.HeaderBytes..];
        ModbusPduStatus status = ModbusRequestPdu.Decode(pdu, out ModbusRequest request);
        int pduBytes = status == ModbusPduStatus.Ok
            ? Execute(bank, header.Unit, request, answer)
            : ModbusResponsePdu.EncodeException(pdu.IsEmpty ? (byte)0 : pdu[0], CodeOf(status), answer);
        return ModbusFrame.EncodeHeader(header.TransactionId, header.Unit, pduBytes, response);
    }

    private static int Execute(IRegisterBank bank, byte unit, ModbusRequest request, Span<byte> answer)
    {
        Span<ushort> registers = stackalloc ushort[ModbusLimits.MaximumRegistersPerRead];
        registers = registers[..request.Count];
        ModbusExceptionCode code;
        if (request.IsWrite)
        {
            request.CopyValues(registers);
            code = bank.Write(unit, request.Address, registers);
        }
        else
        {
            code = bank.Read(unit, request.Function, request.Address, registers);
        }

        if (code != ModbusExceptionCode.None)
        {
            return ModbusResponsePdu.EncodeException((byte)request.Function, code, answer);
        }

        return request.Function switch
        {
            ModbusFunction.WriteSingleRegister =>
                ModbusResponsePdu.EncodeWrite(request.Function, request.Address, request.ValueAt(0), answer),
            ModbusFunction.WriteMultipleRegisters =>
                ModbusResponsePdu.EncodeWrite(request.Function, request.Address, request.Count, answer),
            _ => ModbusResponsePdu.EncodeRead(request.Function, registers, answer),
        };
    }

    private static ModbusExceptionCode CodeOf(ModbusPduStatus status) => status switch
    {
        ModbusPduStatus.UnknownFunction or ModbusPduStatus.Empty => ModbusExceptionCode.IllegalFunction,
        ModbusPduStatus.AddressOutOfRange => ModbusExceptionCode.IllegalDataAddress,
        _ => ModbusExceptionCode.IllegalDataValue,
    };
}
