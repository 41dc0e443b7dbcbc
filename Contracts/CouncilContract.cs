using EnergyChain.Contracts.Abi;
using EnergyChain.Contracts.Events;
using EnergyChain.Contracts.Views;
using EnergyChain.Core.Chain;
using EnergyChain.Core.Crypto;
using EnergyChain.Core.Numerics;
using EnergyChain.Core.Primitives;

namespace EnergyChain.Contracts;

/// <summary>
/// The council at its fixed address: call data for transactions, queries for views, readers of events. Proposals and
/// approvals are signed by the key of a member's node. Thread-safe.
/// </summary>
public static class CouncilContract
{
    public static Address Address { get; } = Address.FromNumber(0x1004);

    /// <summary>Who calls <see cref="OnBlock"/>: the chain itself. Nobody has a key for it.</summary>
    public static Address System { get; } = new(Convert.FromHexString("fffffffffffffffffffffffffffffffffffffffe"));

    public static ContractArtifact Artifact { get; } = ContractArtifact.Load("Council");

    /// <param name="key">Key of the new member's node.</param>
    /// <param name="blocks">
    /// How long it is open: from <see cref="NextEpoch"/> to the most that the limits allow.
    /// </param>
    public static byte[] ProposeAdd(PublicKey key, ulong blocks) => Call("proposeAdd", key.ToArray(), blocks);

    public static byte[] ProposeRemove(PublicKey key, ulong blocks) => Call("proposeRemove", key.ToArray(), blocks);

    public static byte[] ProposeReinstate(PublicKey key, ulong blocks) =>
        Call("proposeReinstate", key.ToArray(), blocks);

    public static byte[] ProposeParameter(CouncilParameter parameter, UInt256 value, ulong blocks) =>
        Call("proposeParameter", (ulong)parameter, value, blocks);

    /// <param name="transactionId">The transaction, be it in a block yet or not.</param>
    /// <param name="ground">Not None.</param>
    /// <param name="blocks">How long it is open.</param>
    public static byte[] ProposeErase(Hash32 transactionId, ErasureGround ground, ulong blocks) =>
        Call("proposeErase", transactionId.ToArray(), (ulong)ground, blocks);

    public static byte[] Approve(ulong id) => Call("approve", id);

    public static byte[] Withdraw(ulong id) => Call("withdraw", id);

    /// <summary>The call that the chain makes at epochs and for evidence.</summary>
    public static byte[] OnBlock(Height height, IReadOnlyList<PublicKey> offenders) => Call(
        "onBlock", height.Value, (AbiValue)(AbiValue[])[.. offenders.Select(key => (AbiValue)key.ToArray())]);

    /// <summary>All members in council order, the suspended ones in their places.</summary>
    public static ContractQuery<IReadOnlyList<CouncilSeat>> Members() =>
        Query<IReadOnlyList<CouncilSeat>>("members", results => [.. results[0].Items.Select(CouncilSeat.Read)]);

    /// <summary>The member that signs with an account; status None for anybody else.</summary>
    public static ContractQuery<CouncilSeat> MemberOf(Address account) =>
        Query("memberOf", results => CouncilSeat.Read(results[0]), account);

    /// <summary>The account that a key signs for, as the contract computes it.</summary>
    public static ContractQuery<Address> AccountOf(PublicKey key) =>
        Query("accountOf", results => results[0].AsAddress, key.ToArray());

    /// <summary>Open proposals by ascending id, at most <see cref="CouncilLimits.MaxPage"/>.</summary>
    public static ContractQuery<IReadOnlyList<CouncilProposal>> OpenProposals(ulong offset, ulong limit) =>
        Query<IReadOnlyList<CouncilProposal>>(
            "openProposals", results => [.. results[0].Items.Select(CouncilProposal.Read)], offset, limit);

    /// <summary>A proposal, open or closed; reverts with UnknownProposal for an id that was never given.</summary>
    public static ContractQuery<CouncilProposal> ProposalOf(ulong id) =>
        Query("proposalOf", results => CouncilProposal.Read(results[0]), id);

    /// <summary>Members that approve an open proposal, in council order.</summary>
    public static ContractQuery<IReadOnlyList<PublicKey>> ApproversOf(ulong id) =>
        Query("approversOf", results => Keys(results[0]), id);

    /// <summary>How many records were erased; never fewer than before.</summary>
    public static ContractQuery<ulong> ErasureCount() => Query("erasureCount", results => results[0].AsUInt64);

    /// <summary>
    /// Decisions in their order, from 0 on; at most <see cref="CouncilLimits.MaxErasurePage"/>.
    /// </summary>
    public static ContractQuery<IReadOnlyList<RecordErasure>> Erasures(ulong offset, ulong limit) =>
        Query<IReadOnlyList<RecordErasure>>(
            "erasures", results => [.. results[0].Items.Select(RecordErasure.Read)], offset, limit);

    /// <summary>The decision about a transaction; null where there is none.</summary>
    public static ContractQuery<RecordErasure?> ErasureOf(Hash32 transactionId) => Query<RecordErasure?>(
        "erasureOf",
        results => RecordErasure.Read(results[0]) is { Decision: > 0 } found ? found : null,
        transactionId.ToArray());

    /// <summary>The values in force by <see cref="CouncilParameter"/>.</summary>
    public static ContractQuery<IReadOnlyList<UInt256>> Parameters() =>
        Query("parameters", results => Numbers(results[0]));

    public static ContractQuery<(UInt256 Least, UInt256 Most)> ParameterRange(CouncilParameter parameter) =>
        Query("parameterRange", results => (results[0].AsUInt256, results[1].AsUInt256), (ulong)parameter);

    /// <summary>The first height after the next block at which accepted proposals are applied.</summary>
    public static ContractQuery<Height> NextEpoch() =>
        Query("nextEpoch", results => new Height(results[0].AsUInt64));

    /// <summary>Active members, and the least number that is more than two thirds of them.</summary>
    public static ContractQuery<(int ActiveMembers, int Needed)> Quorum() =>
        Query("quorum", results => ((int)results[0].AsUInt32, (int)results[1].AsUInt32));

    /// <summary>The id that a proposing call returned.</summary>
    public static bool TryDecodeId(ReadOnlySpan<byte> returnData, out ulong id)
    {
        bool decoded = Artifact.Abi.Function("proposeAdd")
            .TryDecodeResult(returnData, out IReadOnlyList<AbiValue> results);
        id = decoded ? results[0].AsUInt64 : 0;
        return decoded;
    }

    /// <summary>Reads the answer of <see cref="OnBlock"/>: members and parameters in force from then on.</summary>
    public static bool TryDecodeOnBlock(
        ReadOnlySpan<byte> returnData, out IReadOnlyList<PublicKey> members, out IReadOnlyList<UInt256> parameters)
    {
        bool decoded = Artifact.Abi.Function("onBlock")
            .TryDecodeResult(returnData, out IReadOnlyList<AbiValue> results);
        members = decoded ? Keys(results[0]) : [];
        parameters = decoded ? Numbers(results[1]) : [];
        return decoded;
    }

    /// <summary>Reads a log whose address is <see cref="Address"/>.</summary>
    public static bool TryDecodeEvent(
        IReadOnlyList<Hash32> topics, ReadOnlySpan<byte> data, out CouncilEvent? happening)
    {
        bool decoded = Artifact.Abi.TryDecodeEvent(topics, data, out string name, out IReadOnlyList<AbiValue> values);
        happening = decoded ? CouncilEvent.Read(name, values) : null;
        return happening is not null;
    }

    /// <summary>The parameters by <see cref="CouncilParameter"/>, as the contract stores and returns them.</summary>
    public static IReadOnlyList<UInt256> ValuesOf(ChainParameters parameters) =>
    [
        parameters.BlockIntervalMs,
        parameters.BlockGasLimit.Value,
        parameters.TransactionGasLimit.Value,
        parameters.GasPrice,
        parameters.EpochBlocks,
    ];

    private static IReadOnlyList<PublicKey> Keys(AbiValue list) =>
        [.. list.Items.Select(item => new PublicKey(item.AsBytes))];

    private static IReadOnlyList<UInt256> Numbers(AbiValue list) => [.. list.Items.Select(item => item.AsUInt256)];

    private static byte[] Call(string name, params AbiValue[] arguments) =>
        Artifact.Abi.Function(name).EncodeCall(arguments);

    private static ContractQuery<T> Query<T>(
        string name,
        Func<IReadOnlyList<AbiValue>, T> read,
        params AbiValue[] arguments) => new(Artifact.Abi.Function(name), read, arguments);
}
