using System.Numerics;

namespace EnergyChain.Node.Devnet.Report;

/// <summary>What the run was made with. Money in base units per kWh, gas price in base units per gas.</summary>
public sealed record ParametersSection
{
    public required int SlotSeconds { get; init; }

    /// <summary>Seconds of energy that a slot stands for.</summary>
    public required int EnergySlotSeconds { get; init; }

    public required int GateLeadSeconds { get; init; }

    public required int ReportWindowSeconds { get; init; }

    public required int OrderLeadSlots { get; init; }

    public required BigInteger GridFee { get; init; }

    public required BigInteger Collateral { get; init; }

    public required BigInteger Reward { get; init; }

    public required BigInteger GasPrice { get; init; }

    public required ulong ChainId { get; init; }

    public required string Strategy { get; init; }

    public required ulong Seed { get; init; }

    /// <summary>The data directory of the profiles, or "built-in".</summary>
    public required string Profiles { get; init; }
}
