using EnergyChain.Core.Numerics;
using EnergyChain.Core.Primitives;

namespace EnergyChain.Client.Model;

/// <summary>A call or an event in a trace: a closed set.</summary>
public abstract record TraceEntryInfo
{
    private TraceEntryInfo()
    {
    }

    /// <summary>0 for the outermost call, one more for what it does, and so on.</summary>
    public required int Depth { get; init; }

    /// <summary>A call of a contract, an account or a precompile, a creation, or a SELFDESTRUCT.</summary>
    public sealed record Call : TraceEntryInfo
    {
        public required TracedCallKind Kind { get; init; }

        /// <summary>The account that made it; of a SELFDESTRUCT, the contract.</summary>
        public required Address From { get; init; }

        /// <summary>
        /// The account whose code ran; of a creation, the new contract; of a SELFDESTRUCT, who gets the coin.
        /// </summary>
        public required Address To { get; init; }

        /// <summary>
        /// Base units that moved; of a delegate call, what the code saw; of a SELFDESTRUCT, what the contract had:
        /// where it gives to itself, nothing moves and it keeps it, or it is burnt where <see cref="IsDeleted"/>.
        /// </summary>
        public required UInt256 Value { get; init; }

        public required Gas Gas { get; init; }

        /// <summary>Gas that it and the calls in it used.</summary>
        public required Gas GasUsed { get; init; }

        /// <summary>Call data or init code, perhaps cut.</summary>
        public required ReadOnlyMemory<byte> Input { get; init; }

        /// <summary>Bytes of the whole input.</summary>
        public required uint InputBytes { get; init; }

        /// <summary>Return or revert data, perhaps cut.</summary>
        public required ReadOnlyMemory<byte> Output { get; init; }

        /// <summary>Bytes of the whole output.</summary>
        public required uint OutputBytes { get; init; }

        /// <summary>How it failed, such as "Revert" or "OutOfGas"; empty where it succeeded.</summary>
        public required string Failure { get; init; }

        /// <summary>
        /// Of a SELFDESTRUCT: whether the same transaction created the contract, so that it is gone when the
        /// transaction ends.
        /// </summary>
        public bool IsDeleted { get; init; }
    }

    /// <summary>An event; undone where the call that emitted it, or one around that, failed.</summary>
    public sealed record Event : TraceEntryInfo
    {
        /// <summary>Its data is perhaps cut.</summary>
        public required LogInfo Log { get; init; }

        /// <summary>Bytes of the whole data.</summary>
        public required uint DataBytes { get; init; }
    }
}
