using EnergyChain.Core.Chain;
using EnergyChain.Core.Codec;
using EnergyChain.Core.Primitives;
using EnergyChain.Node.Consensus;

namespace EnergyChain.Simulation.Network;

/// <summary>A message as it is sent: canonical bytes, so that every receiver decodes a copy of its own.</summary>
internal readonly record struct SimMessage(MessageKind Kind, byte[] Bytes)
{
    public static SimMessage Of(ConsensusMessage message) => message switch
    {
        ConsensusMessage.OfProposal { Value: var proposal } => new(MessageKind.Proposal, Bcs.Encode(proposal)),
        ConsensusMessage.OfVote { Value: var vote } => new(MessageKind.Vote, Bcs.Encode(vote)),
        ConsensusMessage.OfEvidence { Value: var evidence } => new(MessageKind.Evidence, Bcs.Encode(evidence)),
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    public static SimMessage OfList<T>(MessageKind kind, IReadOnlyList<T> values)
        where T : IBcsValue<T>
    {
        BcsWriter writer = new(1_024);
        writer.WriteList(values);
        return new SimMessage(kind, writer.ToArray());
    }

    /// <summary>The answer to a range request: its id, and the blocks.</summary>
    public static SimMessage OfReply(ulong requestId, IReadOnlyList<CommittedBlock> blocks)
    {
        BcsWriter writer = new(1_024);
        writer.WriteU64(requestId);
        writer.WriteList(blocks);
        return new SimMessage(MessageKind.RangeReply, writer.ToArray());
    }

    public static SimMessage OfIds(IReadOnlyList<Hash32> ids)
    {
        BcsWriter writer = new(16 + (ids.Count * Hash32.Size));
        foreach (Hash32 id in ids)
        {
            writer.WriteHash(id);
        }

        return new SimMessage(MessageKind.BodyRequest, writer.ToArray());
    }

    public static SimMessage OfNumbers(MessageKind kind, params ReadOnlySpan<ulong> numbers)
    {
        BcsWriter writer = new(32);
        foreach (ulong number in numbers)
        {
            writer.WriteU64(number);
        }

        return new SimMessage(kind, writer.ToArray());
    }

    public T Value<T>()
        where T : IBcsValue<T> =>
        Bcs.TryDecode(Bytes, out T? value, out DecodeError error)
            ? value
            : throw new InvalidOperationException($"A {Kind} of ours cannot be decoded: {error}.");

    public IReadOnlyList<T> List<T>()
        where T : IBcsValue<T>
    {
        BcsReader reader = new(Bytes);
        return Bcs.ReadList<T>(ref reader, int.MaxValue);
    }

    public IReadOnlyList<T> ListAfterNumber<T>()
        where T : IBcsValue<T>
    {
        BcsReader reader = new(Bytes);
        _ = reader.ReadU64();
        return Bcs.ReadList<T>(ref reader, int.MaxValue);
    }

    public IReadOnlyList<Hash32> Ids()
    {
        BcsReader reader = new(Bytes);
        List<Hash32> ids = [];
        while (reader.Remaining > 0)
        {
            ids.Add(reader.ReadHash());
        }

        return ids;
    }

    public ulong Number(int index) => BitConverter.ToUInt64(Bytes, index * sizeof(ulong));

    public override string ToString() => Kind switch
    {
        MessageKind.Vote => Describe(Value<Vote>()),
        MessageKind.Proposal => Describe(Value<Proposal>()),
        MessageKind.Status or MessageKind.RangeRequest => $"{Kind} {Number(0)}",
        _ => $"{Kind} of {Bytes.Length} bytes",
    };

    private static string Describe(Vote vote) =>
        $"{vote.Type} of {vote.Validator} for {vote.Height}/{vote.Round} {Short(vote.BlockHash)}";

    private static string Describe(Proposal proposal) =>
        $"proposal {proposal.Height}/{proposal.Round} {Short(proposal.BlockHash)} valid round {proposal.ValidRound}";

    private static string Short(Hash32? hash) => hash is { } block ? block.ToString()[..10] : "nil";
}
