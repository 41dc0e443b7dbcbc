using EnergyChain.Core.Numerics;
using EnergyChain.Vm.Opcodes;

namespace EnergyChain.Vm.Tests.Fuzzing;

/// <content>Operands: words, offsets, lengths, accounts.</content>
internal sealed partial class ProgramGenerator
{
    /// <summary>Numbers at which a machine's own integers end.</summary>
    private static readonly UInt256[] Edges =
    [
        int.MaxValue - 31UL, int.MaxValue, int.MaxValue + 1UL, uint.MaxValue - 31UL, uint.MaxValue, 1UL << 32,
        (512 * 1024 * 1024) - 32, 512 * 1024 * 1024, (512 * 1024 * 1024) + 1, long.MaxValue, 1UL << 63,
        ulong.MaxValue - 31, ulong.MaxValue, new(0, 1), new(0, 0, 1), new(0, 0, 0, 1), new(0, 0, 0, 1UL << 63),
        UInt256.MaxValue - new UInt256(31), UInt256.MaxValue,
    ];

    /// <summary>A word that opcodes do something with.</summary>
    public UInt256 Word() => _random.Next(100) switch
    {
        < 35 => (ulong)_random.Next(65),
        < 50 => (ulong)_random.Next(33) * 32,
        < 62 => NearPowerOfTwo(),
        < 70 => Any(Edges),
        < 80 => RandomWord(),
        < 88 => UInt256.Subtract(UInt256.Zero, (ulong)_random.Next(1, 300)),
        _ => unchecked((ulong)_random.NextInt64()),
    };

    public UInt256 RandomWord()
    {
        Span<byte> bytes = stackalloc byte[32];
        _random.NextBytes(bytes);
        return UInt256.FromBigEndian(bytes[.._random.Next(1, 33)]);
    }

    /// <summary>Call data: words, some cut short.</summary>
    public byte[] CallData()
    {
        byte[] data = new byte[_random.Next(4) * 32];
        for (int i = 0; i < data.Length; i += 32)
        {
            Word().WriteBigEndian(data.AsSpan(i));
        }

        return Chance(20) ? data[..(data.Length - _random.Next(Math.Min(32, data.Length + 1)))] : data;
    }

    private UInt256 NearPowerOfTwo()
    {
        UInt256 power = UInt256.ShiftLeft(UInt256.One, (UInt256)(ulong)_random.Next(256));
        return _random.Next(3) switch
        {
            0 => power,
            1 => UInt256.Subtract(power, UInt256.One),
            _ => UInt256.Add(power, UInt256.One),
        };
    }

    /// <summary>A word from a constant, the stack or the surroundings.</summary>
    private void Push()
    {
        if (Chance(65) || _writer.Height == 0)
        {
            _writer.Push(Word());
        }
        else
        {
            _writer.Dup(1 + _random.Next(Math.Min(16, _writer.Height)));
        }
    }

    private void PushOffset()
    {
        int choice = _random.Next(100);
        if (choice < 15 && _writer.Height > 0)
        {
            _writer.Dup(1 + _random.Next(Math.Min(16, _writer.Height)));
            _writer.Push((UInt256)(ulong)Any<int>([0x1F, 0xFF, 0x3E0]));
            _writer.Op(Opcode.And);
            return;
        }

        _writer.Push(choice < 85 ? (ulong)_random.Next(512)
            : choice < 94 ? (ulong)_random.Next(10_000)
            : choice < 98 ? (ulong)_random.Next(200_000)
            : Any(Edges));
    }

    private void PushLength()
    {
        int choice = _random.Next(100);
        if (choice < 10 && _writer.Height > 0)
        {
            _writer.Dup(1 + _random.Next(Math.Min(16, _writer.Height)));
            _writer.Push((UInt256)(ulong)Any<int>([0x1F, 0x3F, 0x60]));
            _writer.Op(Opcode.And);
            return;
        }

        _writer.Push(choice < 25 ? UInt256.Zero
            : choice < 85 ? (ulong)_random.Next(130)
            : choice < 95 ? (ulong)_random.Next(2_000)
            : choice < 99 ? (ulong)_random.Next(50_000)
            : Any(Edges));
    }

    /// <summary>
    /// An account to look at or to send to: a peer, this one, a precompile, nobody. Where it may be called, precompiles
    /// that this machine does not have are left out.
    /// </summary>
    private void PushAccount(bool isCalled)
    {
        switch (_random.Next(10))
        {
            case < 5:
                _writer.Push(Any(peers));
                break;
            case 5:
                _writer.Op(Any<Opcode>([Opcode.Address, Opcode.Caller, Opcode.Origin, Opcode.Coinbase]));
                break;
            case 6 or 7:
                _writer.Push(isCalled ? Any<UInt256>([1, 2, 3, 4, 5, 9]) : (UInt256)(ulong)_random.Next(12));
                break;
            case 8:
                _writer.Push((UInt256)(ulong)(0xAB00_0000 + _random.Next(4)));
                break;
            default:
                // Bits over an address's 160 are not part of it.
                _writer.Push(UInt256.Add(new UInt256(0xAB00_0001), new UInt256(0, 0, 1UL << 32, 77)));
                break;
        }
    }
}
