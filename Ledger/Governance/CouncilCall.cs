using System.Buffers.Binary;
using EnergyChain.Core;
using EnergyChain.Core.Chain;
using EnergyChain.Core.Crypto;
using EnergyChain.Core.Numerics;
using EnergyChain.Core.Primitives;
using EnergyChain.Vm;
using EnergyChain.Vm.State;

namespace EnergyChain.Ledger.Governance;

/// <summary>
/// The chain's own call of the council contract, before a block's transactions:
/// <c>onBlock(uint64 height, bytes32[] offenders) returns (bytes32[] keys, uint256[] parameters)</c>. Made as EIP-4788
/// does: from an address without a key, with gas of its own that no block counts and nobody pays.
/// </summary>
public static class CouncilCall
{
    private static readonly byte[] Selector = Keccak256.Hash("onBlock(uint64,bytes32[])"u8).ToArray()[..4];

    /// <summary>Gas of the call; the costliest epoch of the council contract takes less than half.</summary>
    public const ulong GasLimit = 30_000_000;

    /// <summary>Where the council contract is, in the genesis or nowhere.</summary>
    public static Address Contract { get; } = Address.FromNumber(0x1004);

    /// <summary>The caller.</summary>
    public static Address System { get; } = new(Convert.FromHexString("fffffffffffffffffffffffffffffffffffffffe"));

    /// <summary>Whether a block asks the contract: one that carries evidence, and the last of each epoch.</summary>
    public static bool IsDue(Block block, TermHistory terms) =>
        block.Evidence.Count > 0
        || block.Height.Value % terms.At(block.Height).Parameters.EpochBlocks == 0;

    /// <summary>
    /// Asks the contract where it is due. Its changes stay in the overlay, unless its answer is of no use. No
    /// exception, whatever code and state there are.
    /// </summary>
    internal static CouncilDecision Make(
        Block block, TermHistory terms, EvmMachine machine, in BlockEnvironment environment, StateOverlay state)
    {
        if (!IsDue(block, terms) || state.GetCode(Contract).IsEmpty)
        {
            return CouncilDecision.None;
        }

        byte[] data = CallData(block.Height, OffendersOf(block, terms));
        state.BeginTransaction();
        StateSnapshot before = state.Snapshot();
        ExecutionResult result = machine.Execute(
            environment,
            new TransactionEnvironment(System, UInt256.Zero),
            new CallMessage(System, Contract, UInt256.Zero, data, GasLimit),
            state);
        CouncilDecision decision = Judge(result, terms.At(block.Height.Next));
        if (decision.Verdict == CouncilVerdict.Nonsense)
        {
            // Term and contract must not drift apart.
            state.RevertTo(before);
        }

        state.EndTransaction();
        return decision;
    }

    /// <summary>
    /// Keys of the members whom the block's evidence convicts, each once, in its order. Its signatures were checked by
    /// who certified the block. Who has left the council since the offence, and be it back, is not convicted: it was
    /// suspended for it or removed, and what it did before must not undo a vote that reinstates it.
    /// </summary>
    internal static IReadOnlyList<PublicKey> OffendersOf(Block block, TermHistory terms)
    {
        List<PublicKey> offenders = [];
        foreach (Evidence piece in block.Evidence)
        {
            // No honest council certifies a block with other evidence; every node skips it alike, whatever it knows.
            bool isYoung = piece.Height < block.Height
                && block.Height.Value - piece.Height.Value <= Limits.MaxEvidenceAgeBlocks;
            if (isYoung && terms.Find(piece.Height)?.Council is { } council && piece.Offender < council.Count)
            {
                PublicKey key = council[piece.Offender].PublicKey;
                if (!offenders.Contains(key) && terms.HasMember(key, piece.Height, block.Height))
                {
                    offenders.Add(key);
                }
            }
        }

        return offenders;
    }

    private static CouncilDecision Judge(ExecutionResult result, Term next)
    {
        if (!result.IsSuccess)
        {
            return new CouncilDecision(CouncilVerdict.Failed, null, []);
        }

        if (!CouncilAnswer.TryRead(result.ReturnData.Span, next.Parameters.ChainId, out Term? answer))
        {
            return new CouncilDecision(CouncilVerdict.Nonsense, null, []);
        }

        return answer.Hash == next.Hash
            ? new CouncilDecision(CouncilVerdict.Unchanged, null, result.Logs)
            : new CouncilDecision(CouncilVerdict.Changed, answer, result.Logs);
    }

    private static byte[] CallData(Height height, IReadOnlyList<PublicKey> offenders)
    {
        byte[] data = new byte[4 + (32 * (3 + offenders.Count))];
        Selector.CopyTo(data);
        Span<byte> words = data.AsSpan(4);
        BinaryPrimitives.WriteUInt64BigEndian(words[24..], height.Value);
        words[63] = 64; // where the list begins
        BinaryPrimitives.WriteInt32BigEndian(words[92..], offenders.Count);
        for (int i = 0; i < offenders.Count; i++)
        {
            offenders[i].CopyTo(words[(32 * (3 + i))..]);
        }

        return data;
    }
}
