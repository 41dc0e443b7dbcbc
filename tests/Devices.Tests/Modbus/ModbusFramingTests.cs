using CsCheck;
using EnergyChain.Devices.Modbus;

namespace EnergyChain.Devices.Tests.Modbus;

public sealed class ModbusFramingTests
{
    [Test]
    public void Read_request_has_the_bytes_of_the_specification()
    {
        // MODBUS Application Protocol V1.1b3, 6.3: registers 108 to 110.
        byte[] frame = new byte[ModbusLimits.MaximumFrameBytes];
        int pdu = ModbusRequestPdu.EncodeRead(ModbusFunction.ReadHoldingRegisters, 107, 3, frame.AsSpan(7));
        int bytes = ModbusFrame.EncodeHeader(0x1501, 0xFF, pdu, frame);
        Assert.That(Convert.ToHexString(frame.AsSpan(0, bytes)), Is.EqualTo("150100000006FF03006B0003"));
    }

    [Test]
    public void Read_response_of_the_specification_is_decoded()
    {
        ushort[] registers = new ushort[3];
        byte[] pdu = Convert.FromHexString("0306022B00000064");
        ModbusPduStatus status =
            ModbusResponsePdu.DecodeRead(pdu, ModbusFunction.ReadHoldingRegisters, registers, out _);
        Assert.That(status, Is.EqualTo(ModbusPduStatus.Ok));
        Assert.That(registers, Is.EqualTo(new ushort[] { 0x022B, 0, 100 }));
    }

    [Test]
    public void Write_multiple_request_has_the_bytes_of_the_specification()
    {
        byte[] pdu = new byte[ModbusLimits.MaximumPduBytes];
        int bytes = ModbusRequestPdu.EncodeWriteMultiple(1, [0x000A, 0x0102], pdu);
        Assert.That(Convert.ToHexString(pdu.AsSpan(0, bytes)), Is.EqualTo("100001000204000A0102"));
    }

    [TestCase("", ModbusFrameStatus.NeedMoreData)]
    [TestCase("000100000006", ModbusFrameStatus.NeedMoreData)]
    [TestCase("00010001000601", ModbusFrameStatus.WrongProtocol)]
    [TestCase("00010000000101", ModbusFrameStatus.LengthOutOfRange)]
    [TestCase("000100000000FF", ModbusFrameStatus.LengthOutOfRange)]
    [TestCase("0001000000FF01", ModbusFrameStatus.LengthOutOfRange)]
    [TestCase("0001000000FE01", ModbusFrameStatus.Complete)]
    [TestCase("00010000000201", ModbusFrameStatus.Complete)]
    public void Header_has_a_status_for_each_kind_of_bytes(string hex, ModbusFrameStatus expected) =>
        Assert.That(ModbusFrame.DecodeHeader(Convert.FromHexString(hex), out _), Is.EqualTo(expected));

    [TestCase("", ModbusPduStatus.Empty)]
    [TestCase("01", ModbusPduStatus.UnknownFunction)]
    [TestCase("0300", ModbusPduStatus.WrongLength)]
    [TestCase("030000000100", ModbusPduStatus.WrongLength)]
    [TestCase("0300000000", ModbusPduStatus.CountOutOfRange)]
    [TestCase("030000007E", ModbusPduStatus.CountOutOfRange)]
    [TestCase("030000007D", ModbusPduStatus.Ok)]
    [TestCase("03FFFF0002", ModbusPduStatus.AddressOutOfRange)]
    [TestCase("04FFFF0001", ModbusPduStatus.Ok)]
    [TestCase("060001", ModbusPduStatus.WrongLength)]
    [TestCase("0600010003", ModbusPduStatus.Ok)]
    [TestCase("1000010001020005", ModbusPduStatus.Ok)]
    [TestCase("1000010001030005", ModbusPduStatus.ByteCountMismatch)]
    [TestCase("10000100010200", ModbusPduStatus.WrongLength)]
    [TestCase("100001007CF8", ModbusPduStatus.CountOutOfRange)]
    [TestCase("10FFFF00020400010002", ModbusPduStatus.AddressOutOfRange)]
    public void Request_has_a_status_for_each_kind_of_bytes(string hex, ModbusPduStatus expected) =>
        Assert.That(ModbusRequestPdu.Decode(Convert.FromHexString(hex), out _), Is.EqualTo(expected));

    [TestCase("", ModbusPduStatus.Empty)]
    [TestCase("03", ModbusPduStatus.WrongLength)]
    [TestCase("0304000100", ModbusPduStatus.WrongLength)]
    [TestCase("030400010002", ModbusPduStatus.Ok)]
    [TestCase("03040001000200", ModbusPduStatus.WrongLength)]
    [TestCase("03020001", ModbusPduStatus.ByteCountMismatch)]
    [TestCase("040400010002", ModbusPduStatus.UnexpectedFunction)]
    [TestCase("8302", ModbusPduStatus.Exception)]
    [TestCase("83", ModbusPduStatus.WrongLength)]
    [TestCase("8402", ModbusPduStatus.UnexpectedFunction)]
    public void Read_response_has_a_status_for_each_kind_of_bytes(string hex, ModbusPduStatus expected)
    {
        ushort[] registers = [7, 7];
        ModbusPduStatus status = ModbusResponsePdu.DecodeRead(
            Convert.FromHexString(hex), ModbusFunction.ReadHoldingRegisters, registers, out _);
        Assert.That(status, Is.EqualTo(expected));
        ushort[] left = expected == ModbusPduStatus.Ok ? [1, 2] : [7, 7];
        Assert.That(registers, Is.EqualTo(left), "only a right answer touches the destination");
    }

    [Test]
    public void Write_response_must_repeat_what_was_written()
    {
        byte[] pdu = Convert.FromHexString("0600010003");
        Assert.That(Decode(1, 3), Is.EqualTo(ModbusPduStatus.Ok));
        Assert.That(Decode(2, 3), Is.EqualTo(ModbusPduStatus.EchoMismatch));
        Assert.That(Decode(1, 4), Is.EqualTo(ModbusPduStatus.EchoMismatch));

        ModbusPduStatus Decode(ushort address, ushort value) =>
            ModbusResponsePdu.DecodeWrite(pdu, ModbusFunction.WriteSingleRegister, address, value, out _);
    }

    [Test]
    public void Any_bytes_have_a_result_and_an_answer_that_a_client_can_decode()
    {
        ArrayBank bank = new();
        Gen.Byte.Array[0, ModbusLimits.MaximumPduBytes].Sample(pdu =>
        {
            byte[] response = new byte[ModbusLimits.MaximumFrameBytes];
            int bytes = ModbusResponder.Respond(bank, new ModbusHeader(9, 1, pdu.Length), pdu, response);
            ModbusFrame.DecodeHeader(response, out ModbusHeader header);
            return header.TransactionId == 9 && header.PduBytes + ModbusLimits.HeaderBytes == bytes;
        });
    }

    [Test]
    public void Mutated_requests_are_refused_or_stay_in_bounds()
    {
        Gen.Select(Gen.Int[0, 3], Gen.UShort, Gen.UShort, Gen.Int[0, 15], Gen.Byte).Sample(
            (kind, address, count, place, value) =>
            {
                byte[] pdu = new byte[16];
                int bytes = kind switch
                {
                    0 => ModbusRequestPdu.EncodeRead(ModbusFunction.ReadHoldingRegisters, address, count, pdu),
                    1 => ModbusRequestPdu.EncodeRead(ModbusFunction.ReadInputRegisters, address, count, pdu),
                    2 => ModbusRequestPdu.EncodeWriteSingle(address, count, pdu),
                    _ => ModbusRequestPdu.EncodeWriteMultiple(address, [count, count], pdu),
                };
                pdu[place] ^= value;
                ModbusPduStatus status = ModbusRequestPdu.Decode(pdu.AsSpan(0, bytes), out ModbusRequest request);
                int end = request.Address + request.Count;
                return status != ModbusPduStatus.Ok || (request.Count is > 0 and <= 125 && end <= 65_536);
            });
    }

    [Test]
    public void Any_bytes_as_a_response_have_a_result()
    {
        Gen.Byte.Array[0, 260].Sample(bytes =>
        {
            ModbusFrame.DecodeHeader(bytes, out _);
            ushort[] registers = new ushort[4];
            ModbusPduStatus read = ModbusResponsePdu.DecodeRead(
                bytes, ModbusFunction.ReadInputRegisters, registers, out _);
            ModbusPduStatus write = ModbusResponsePdu.DecodeWrite(
                bytes, ModbusFunction.WriteMultipleRegisters, 1, 2, out _);
            return Enum.IsDefined(read) && Enum.IsDefined(write);
        });
    }
}
