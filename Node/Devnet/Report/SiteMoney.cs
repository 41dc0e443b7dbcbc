using System.Numerics;

namespace EnergyChain.Node.Devnet.Report;

/// <summary>Energy traded and money moved by a site, as the chain's events say. Sums of it are exact.</summary>
public sealed record SiteMoney
{
    public static readonly SiteMoney Zero = new();

    public long SoldWh { get; init; }

    public long BoughtWh { get; init; }

    public long DeliveredWh { get; init; }

    public long ReceivedWh { get; init; }

    /// <summary>To sellers, for received energy.</summary>
    public BigInteger Paid { get; init; }

    /// <summary>From buyers, for delivered energy.</summary>
    public BigInteger Earned { get; init; }

    public BigInteger CompensationPaid { get; init; }

    public BigInteger CompensationReceived { get; init; }

    /// <summary>Grid fees for received energy.</summary>
    public BigInteger Fees { get; init; }

    /// <summary>Coin for renewable production; not part of the bill.</summary>
    public BigInteger Rewards { get; init; }

    /// <summary>What the market adds to a bill: paid, fees and compensation paid less what came in.</summary>
    public BigInteger NetCost => Paid + Fees + CompensationPaid - Earned - CompensationReceived;

    public static SiteMoney operator +(SiteMoney left, SiteMoney right) => new()
    {
        SoldWh = left.SoldWh + right.SoldWh,
        BoughtWh = left.BoughtWh + right.BoughtWh,
        DeliveredWh = left.DeliveredWh + right.DeliveredWh,
        ReceivedWh = left.ReceivedWh + right.ReceivedWh,
        Paid = left.Paid + right.Paid,
        Earned = left.Earned + right.Earned,
        CompensationPaid = left.CompensationPaid + right.CompensationPaid,
        CompensationReceived = left.CompensationReceived + right.CompensationReceived,
        Fees = left.Fees + right.Fees,
        Rewards = left.Rewards + right.Rewards,
    };
}
