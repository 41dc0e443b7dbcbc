using System.Buffers.Binary;

namespace EnergyChain.Devices.Modbus;

/// <summary>A decoded request PDU; a view over the bytes it was decoded from.</summary>
public readonly ref struct ModbusRequest
{
    private readonly ReadOnlySpan<byte> _values;

    internal ModbusRequest(ModbusFunction function, ushort address, ushort count, ReadOnlySpan<byte> values)
    {
        Function = function;
        Address = address;
        Count = count;
        _values = values;
    }

    public ModbusFunction Function { get; }

    public ushort Address { get; }

    /// <summary>Registers to read or write; 1 for a single write.</summary>
    public ushort Count { get; }

    /// <summary>True for the two write functions, which carry <see cref="Count"/> values.</summary>
    public bool IsWrite => Function is ModbusFunction.WriteSingleRegister or ModbusFunction.WriteMultipleRegisters;

    /// <summary>The value at <paramref name="index"/> of a write request.</summary>
    public ushort ValueAt(int index) => BinaryPrimitives.ReadUInt16BigEndian(_values[(2 * index)..]);

    /// <summary>Copies the values of a write request; <paramref name="destination"/> holds at least Count.</summary>
    public void CopyValues(Span<ushort> destination)
    {
        for (int i = 0; i < Count; i++)
        {
            destination[i] = ValueAt(i);
        }
    }
}
