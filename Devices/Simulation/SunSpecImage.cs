using System.Text;
using EnergyChain.Devices.SunSpec;

namespace EnergyChain.Devices.Simulation;

/// <summary>Builds the registers of a SunSpec device: 'SunS', models one after the other, the end model.</summary>
internal sealed class SunSpecImage
{
    private const ushort NotImplementedInt16 = 0x8000;

    private readonly List<ushort> _registers = [0x5375, 0x6E53];
    private int _model;

    public IReadOnlyList<ushort> Registers => _registers;

    /// <summary>Register offset, from the start of the image, of the model that was begun last.</summary>
    public int ModelStart => _model;

    /// <summary>Offset of the registers that can be written; -1 for none.</summary>
    public int WritableStart { get; set; } = -1;

    /// <summary>Begins a model whose points are all not implemented (as int16) until they are set.</summary>
    public SunSpecImage Begin(ushort id, int length)
    {
        _model = _registers.Count;
        _registers.Add(id);
        _registers.Add((ushort)length);
        for (int i = 0; i < length; i++)
        {
            _registers.Add(NotImplementedInt16);
        }

        return this;
    }

    public void End() => Begin(SunSpecModelId.End, 0);

    public SunSpecImage Set(int offset, ushort value)
    {
        _registers[_model + offset] = value;
        return this;
    }

    public SunSpecImage SetSigned(int offset, long value) => Set(offset, unchecked((ushort)checked((short)value)));

    /// <summary>Fills a range; used for the not-implemented values of other types.</summary>
    public SunSpecImage Fill(int first, int last, ushort value)
    {
        for (int offset = first; offset <= last; offset++)
        {
            Set(offset, value);
        }

        return this;
    }

    public SunSpecImage SetUInt32(int offset, uint value) =>
        Set(offset, (ushort)(value >> 16)).Set(offset + 1, (ushort)(value & 0xFFFF));

    public SunSpecImage SetUInt64(int offset, ulong value) =>
        SetUInt32(offset, (uint)(value >> 32)).SetUInt32(offset + 2, (uint)(value & 0xFFFF_FFFF));

    public SunSpecImage SetText(int offset, int registers, string text)
    {
        byte[] bytes = new byte[2 * registers];
        Encoding.ASCII.GetBytes(text.AsSpan(0, Math.Min(text.Length, bytes.Length)), bytes);
        for (int i = 0; i < registers; i++)
        {
            Set(offset + i, (ushort)((bytes[2 * i] << 8) | bytes[(2 * i) + 1]));
        }

        return this;
    }

    /// <summary>A power with the smallest scale factor with which it fits 16 bits.</summary>
    public SunSpecImage SetScaled(int offset, int factorOffset, long value)
    {
        int factor = 0;
        while (value is > short.MaxValue or < -short.MaxValue)
        {
            value /= 10;
            factor++;
        }

        return SetSigned(offset, value).SetSigned(factorOffset, factor);
    }
}
