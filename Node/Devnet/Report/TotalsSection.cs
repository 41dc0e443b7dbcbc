using System.Numerics;

namespace EnergyChain.Node.Devnet.Report;

/// <summary>The community over the run. Shares are numbers from 0 to 1, money base units.</summary>
public sealed record TotalsSection
{
    /// <summary>All balances less the issuance reserve at the start of the first slot.</summary>
    public required BigInteger SupplyBefore { get; init; }

    /// <summary>The same at the common height; the difference is the rewards.</summary>
    public required BigInteger SupplyAfter { get; init; }

    public required BigInteger EscrowLeft { get; init; }

    public required BigInteger CollateralLeft { get; init; }

    /// <summary>The market contract's own balance: 0 when nothing is open.</summary>
    public required BigInteger MarketBalanceLeft { get; init; }

    /// <summary>Slots that are not reported and whose orders or trades hold money: their escrow is left too.</summary>
    public required int OpenSlotsOutside { get; init; }

    public required BigInteger Rewards { get; init; }

    public required BigInteger GasPaid { get; init; }

    public required long LoadWh { get; init; }

    public required long PvWh { get; init; }

    public required long ImportWh { get; init; }

    public required long ExportWh { get; init; }

    public required long SoldWh { get; init; }

    public required long BoughtWh { get; init; }

    public required long DeliveredWh { get; init; }

    public required long ReceivedWh { get; init; }

    public required BigInteger BillWithoutMarket { get; init; }

    public required BigInteger BillWithMarket { get; init; }

    /// <summary>(load - import) / load: what sites served of their own, without their neighbours' energy.</summary>
    public required double? SelfSufficiency { get; init; }

    /// <summary>(PV - export) / PV: likewise on site.</summary>
    public required double? SelfConsumption { get; init; }

    /// <summary>The same with what neighbours delivered and the buyer could use.</summary>
    public required double? CommunitySelfSufficiency { get; init; }

    public required double? CommunitySelfConsumption { get; init; }

    /// <summary>Saving in percent of the size of the bill without market: positive where the market saved.</summary>
    public required double? SavingPercent { get; init; }
}
