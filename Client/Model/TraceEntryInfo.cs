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

    /// <summary>A call of a contract, an account or a precompile, or a creation.</summary>
    public sealed record Call : TraceEntryInfo
    {
        public required TracedCallKind Kind { get; init; }

        /// <summary>The account that made it.</summary>
        public required Address From { get; init; }

        /// <summary>The account whose code ran; of a creation, the new contract.</summary>
        public required Address To { get; init; }

        /// <summary>Base units that moved; of a delegate call, what the code saw.</summary>
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
    }

    /// <summary>An event; undone where the call that emitted it, or one around that, failed.</summary>
    public sealed record Event : TraceEntryInfo
    {
        public required LogInfo Log { get; init; }
    }
}
