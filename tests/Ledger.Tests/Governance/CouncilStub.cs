using EnergyChain.Core.Chain;
using EnergyChain.Core.Crypto;
using EnergyChain.Core.Numerics;
using EnergyChain.Ledger.Governance;

namespace EnergyChain.Ledger.Tests.Governance;

/// <summary>
/// A contract in the council's place that answers the chain with whatever bytes it holds. Anybody may give it others as
/// call data; of the last call of the chain it keeps height, number of offenders and the first of them.
/// </summary>
internal static class CouncilStub
{
    // Not the system: slot 0 = CALLDATASIZE, slot 1 + i = word i of the call data. The system: slots 0x1000 to 0x1002 =
    // the words at 4, 0x44 and 0x64 of the call data, then RETURN of slot 0 bytes from slot 1 on.
    private const string Code =
        "3373fffffffffffffffffffffffffffffffffffffffe14603857365f555f5b8036111560365780358160051c600101"
        + "55602001601e565b005b6004356110005560443561100155606435611002555f5b"
        + "805f5411156068578060051c600101548152602001604f565b5f545ff3";

    public static UInt256 HeightSlot => 0x1000;

    public static UInt256 CountSlot => 0x1001;

    public static UInt256 OffenderSlot => 0x1002;

    public static GenesisAccount Answering(byte[] answer)
    {
        List<StorageSlot> slots = [];
        byte[] padded = [.. answer, .. new byte[31]];
        for (int word = 0; word * 32 < answer.Length; word++)
        {
            slots.Add(new StorageSlot((ulong)word + 1, UInt256.FromBigEndian(padded.AsSpan(word * 32, 32))));
        }

        slots.Insert(0, new StorageSlot(0, (ulong)answer.Length));
        return new GenesisAccount(
            CouncilCall.Contract,
            0,
            Convert.FromHexString(Code),
            [.. slots.Where(slot => !slot.Value.IsZero)]);
    }

    public static GenesisAccount Running(string code) =>
        new(CouncilCall.Contract, 0, Convert.FromHexString(code), []);

    public static byte[] Encode(Term term) => Encode(
        [.. term.Council.Members.Select(member => member.PublicKey)],
        [
            term.Parameters.BlockIntervalMs,
            term.Parameters.BlockGasLimit.Value,
            term.Parameters.TransactionGasLimit.Value,
            term.Parameters.GasPrice,
            term.Parameters.EpochBlocks,
        ]);

    public static byte[] Encode(IReadOnlyList<PublicKey> keys, IReadOnlyList<UInt256> values)
    {
        byte[] words = new byte[32 * (4 + keys.Count + values.Count)];
        Put(words, 0, 64);
        Put(words, 1, (ulong)(32 * (3 + keys.Count)));
        Put(words, 2, (ulong)keys.Count);
        for (int i = 0; i < keys.Count; i++)
        {
            keys[i].CopyTo(words.AsSpan(32 * (3 + i)));
        }

        Put(words, 3 + keys.Count, (ulong)values.Count);
        for (int i = 0; i < values.Count; i++)
        {
            Put(words, 4 + keys.Count + i, values[i]);
        }

        return words;
    }

    public static void Put(byte[] words, int index, UInt256 value) =>
        value.WriteBigEndian(words.AsSpan(32 * index, 32));

    public static PublicKey Key(int number) => new(Blake2b.Hash([(byte)number]).ToArray());
}
