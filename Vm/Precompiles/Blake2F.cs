using System.Buffers.Binary;

namespace EnergyChain.Vm.Precompiles;

/// <summary>
/// Address 9: the compression function of BLAKE2b (EIP-152, RFC 7693) with a number of rounds to choose. Input, all
/// of 213 bytes: rounds (4, big-endian), state (64), message (128), offset counters (16), final flag (1).
/// </summary>
internal sealed class Blake2F : IPrecompile
{
    private const int InputBytes = 213;
    private const int StateOffset = 4;
    private const int MessageOffset = 68;
    private const int CounterOffset = 196;

    private static ReadOnlySpan<ulong> InitialValues =>
    [
        0x6A09E667F3BCC908, 0xBB67AE8584CAA73B, 0x3C6EF372FE94F82B, 0xA54FF53A5F1D36F1,
        0x510E527FADE682D1, 0x9B05688C2B3E6C1F, 0x1F83D9ABFB41BD6B, 0x5BE0CD19137E2179,
    ];

    public long GasCost(ReadOnlySpan<byte> input) =>
        input.Length == InputBytes ? BinaryPrimitives.ReadUInt32BigEndian(input) : 0;

    public bool TryRun(ReadOnlySpan<byte> input, PrecompileOutput output)
    {
        if (input.Length != InputBytes || input[InputBytes - 1] > 1)
        {
            return false;
        }

        Span<ulong> message = stackalloc ulong[16];
        ReadWords(input[MessageOffset..], message);
        Span<ulong> v = stackalloc ulong[16];
        ReadWords(input[StateOffset..], v[..8]);
        InitialValues.CopyTo(v[8..]);
        v[12] ^= BinaryPrimitives.ReadUInt64LittleEndian(input[CounterOffset..]);
        v[13] ^= BinaryPrimitives.ReadUInt64LittleEndian(input[(CounterOffset + 8)..]);
        v[14] = input[InputBytes - 1] == 1 ? ~v[14] : v[14];
        Blake2Rounds.Run(v, message, BinaryPrimitives.ReadUInt32BigEndian(input));
        Span<byte> result = output.Take(64);
        for (int i = 0; i < 8; i++)
        {
            ulong before = BinaryPrimitives.ReadUInt64LittleEndian(input[(StateOffset + (8 * i))..]);
            BinaryPrimitives.WriteUInt64LittleEndian(result[(8 * i)..], before ^ v[i] ^ v[i + 8]);
        }

        return true;
    }

    private static void ReadWords(ReadOnlySpan<byte> source, Span<ulong> words)
    {
        for (int i = 0; i < words.Length; i++)
        {
            words[i] = BinaryPrimitives.ReadUInt64LittleEndian(source[(8 * i)..]);
        }
    }
}
