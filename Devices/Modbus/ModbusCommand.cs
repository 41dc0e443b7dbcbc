namespace EnergyChain.Devices.Modbus;

/// <summary>One request of a client, in a form that can be sent again.</summary>
internal readonly record struct ModbusCommand(
    ModbusFunction Function,
    byte Unit,
    ushort Address,
    ushort Count,
    Memory<ushort> Destination,
    ReadOnlyMemory<ushort> Values)
{
    public ModbusPduStatus Check()
    {
        int maximum = Function == ModbusFunction.WriteMultipleRegisters
            ? ModbusLimits.MaximumRegistersPerWrite
            : ModbusLimits.MaximumRegistersPerRead;
        return ModbusRequestPdu.CheckRange(Address, Count, maximum);
    }

    public int Encode(ushort transactionId, Span<byte> frame)
    {
        Span<byte> pdu = frame[ModbusLimits.HeaderBytes..];
        int pduBytes = Function switch
        {
            ModbusFunction.WriteSingleRegister =>
                ModbusRequestPdu.EncodeWriteSingle(Address, Values.Span[0], pdu),
            ModbusFunction.WriteMultipleRegisters =>
                ModbusRequestPdu.EncodeWriteMultiple(Address, Values.Span, pdu),
            _ => ModbusRequestPdu.EncodeRead(Function, Address, Count, pdu),
        };
        return ModbusFrame.EncodeHeader(transactionId, Unit, pduBytes, frame);
    }

    public ModbusPduStatus DecodeResponse(ReadOnlySpan<byte> pdu, out ModbusExceptionCode exception) =>
        Function switch
        {
            ModbusFunction.WriteSingleRegister =>
                ModbusResponsePdu.DecodeWrite(pdu, Function, Address, Values.Span[0], out exception),
            ModbusFunction.WriteMultipleRegisters =>
                ModbusResponsePdu.DecodeWrite(pdu, Function, Address, Count, out exception),
            _ => ModbusResponsePdu.DecodeRead(pdu, Function, Destination.Span[..Count], out exception),
        };
}
