using EnergyChain.Contracts.Events;
using EnergyChain.Core.Crypto;
using EnergyChain.Core.Numerics;
using EnergyChain.Vm;

namespace EnergyChain.Contracts.Tests.Chain;

/// <summary>What became of a call to the council.</summary>
internal sealed class CouncilResult(ExecutionResult result)
{
    public bool IsSuccess => result.IsSuccess;

    public ulong GasUsed => result.GasUsed;

    public ExecutionStatus Status => result.Status;

    public ReadOnlySpan<byte> ReturnData => result.ReturnData.Span;

    /// <summary>Name of the custom error, "None" for success, else how the execution ended.</summary>
    public string Error =>
        result.IsSuccess ? "None"
        : ContractErrors.TryName(ReturnData, out string name) ? name
        : result.Status.ToString();

    /// <summary>The revert as a person reads it.</summary>
    public string Reason => ContractErrors.Describe(ReturnData);

    public ulong Id =>
        CouncilContract.TryDecodeId(ReturnData, out ulong id) ? id : throw new AssertionException("no id");

    /// <summary>The members that a call of the chain returned.</summary>
    public IReadOnlyList<PublicKey> Members =>
        CouncilContract.TryDecodeOnBlock(ReturnData, out IReadOnlyList<PublicKey> members, out _)
            ? members
            : throw new AssertionException("no members");

    public IReadOnlyList<UInt256> Parameters =>
        CouncilContract.TryDecodeOnBlock(ReturnData, out _, out IReadOnlyList<UInt256> parameters)
            ? parameters
            : throw new AssertionException("no parameters");

    public IReadOnlyList<CouncilEvent> Events =>
    [
        .. result.Logs.Select(log => CouncilContract.TryDecodeEvent(log.Topics, log.Data.Span, out CouncilEvent? seen)
            ? seen!
            : throw new AssertionException("unknown event of the council")),
    ];

    public CouncilResult Succeeds()
    {
        Assert.That(Error, Is.EqualTo("None"), Reason);
        return this;
    }
}
