using EnergyChain.Core.Numerics;

namespace EnergyChain.Vm.Tests.Fuzzing;

/// <content>Inputs that precompiles do something with.</content>
internal sealed partial class ProgramGenerator
{
    /// <summary>Hash, v, r, s of EIP-155's example, v as the precompile takes it.</summary>
    private static readonly byte[] GoodSignature = Convert.FromHexString(
        "DAF5A779AE972F972197303D7B574746C7EF83EADAC0F2791AD23DB92E4C8E53"
        + "000000000000000000000000000000000000000000000000000000000000001B"
        + "28EF61340BD939BC2195FE537567866003E1A15D3C71FF63E1590620AA636276"
        + "67CBE9D8997F761AECB703304B3800CCF555C9F3DC64214B297FB1966A3B6D83");

    private static readonly byte[] CurveOrder = Convert.FromHexString(
        "FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFEBAAEDCE6AF48A03BBFD25E8CD0364141");

    /// <summary>The number of a precompile that this machine has, an input for it, bytes that it gives.</summary>
    public (ulong Number, byte[] Input, int OutputBytes) PrecompileInput() => _random.Next(8) switch
    {
        0 or 1 => (1, SignatureInput(), 32),
        2 => (2, RandomBytes(_random.Next(200)), 32),
        3 => (3, RandomBytes(_random.Next(200)), 32),
        4 => (4, RandomBytes(_random.Next(200)), 100),
        5 or 6 => (5, ModExpInput(), 40),
        _ => (9, BlakeInput(), 64),
    };

    private byte[] RandomBytes(int length)
    {
        byte[] bytes = new byte[length];
        _random.NextBytes(bytes);
        return bytes;
    }

    private byte[] SignatureInput()
    {
        byte[] input = [.. GoodSignature];
        switch (_random.Next(8))
        {
            case 0 or 1:
                break;
            case 2:
                input[63] = (byte)_random.Next(25, 31);
                break;
            case 3:
                input[_random.Next(input.Length)] ^= (byte)(1 << _random.Next(8));
                break;
            case 4:
                // r or s at the order of the group, or just beside it.
                CurveOrder.CopyTo(input, Chance(50) ? 64 : 96);
                input[Chance(50) ? 95 : 127] = (byte)(0x41 + _random.Next(-1, 2));
                break;
            case 5:
                input.AsSpan(Chance(50) ? 64 : 96, 32).Clear();
                break;
            case 6:
                _random.NextBytes(input.AsSpan(64, 64));
                break;
            default:
                return input[.._random.Next(input.Length)];
        }

        return input;
    }

    private byte[] ModExpInput()
    {
        int[] lengths = [Length(), Length(), Length()];
        byte[] input = new byte[96 + lengths.Sum()];
        for (int i = 0; i < lengths.Length; i++)
        {
            UInt256 stated = Chance(95) ? (ulong)lengths[i] : Any(Edges);
            stated.WriteBigEndian(input.AsSpan(i * 32));
        }

        _random.NextBytes(input.AsSpan(96));
        switch (_random.Next(6))
        {
            case 0:
                input.AsSpan(96 + lengths[0], lengths[1]).Clear();
                break;
            case 1:
                input.AsSpan(96 + lengths[0] + lengths[1]).Clear();
                break;
            case 2 when lengths[2] > 0:
                input[^1] &= 0xFE;
                break;
            case 3 when lengths[2] > 0:
                input.AsSpan(96 + lengths[0] + lengths[1]).Clear();
                input[^1] = 1;
                break;
            default:
                break;
        }

        return Chance(15) ? input[.._random.Next(input.Length)] : input;

        int Length() => Any<int>([0, 1, 2, 8, 31, 32, 33, 40, 64, 100]);
    }

    private byte[] BlakeInput()
    {
        byte[] input = RandomBytes(213);
        input.AsSpan(0, 4).Clear();
        input[3] = (byte)_random.Next(30);
        input[2] = (byte)(Chance(10) ? _random.Next(16) : 0);
        input[0] = (byte)(Chance(3) ? 255 : 0);
        input[212] = (byte)(Chance(90) ? _random.Next(2) : _random.Next(256));
        return Chance(10) ? RandomBytes(212 + _random.Next(3)) : input;
    }
}
