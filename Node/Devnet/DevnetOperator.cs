using System.Numerics;
using EnergyChain.Contracts;
using EnergyChain.Core.Chain;
using EnergyChain.Core.Crypto;
using EnergyChain.Core.Numerics;
using EnergyChain.Core.Primitives;
using EnergyChain.Node.Setup;
using EnergyChain.Node.Site;

namespace EnergyChain.Node.Devnet;

/// <summary>
/// What the operator of the community does: registers sites and devices, funds accounts, publishes tariffs.
/// </summary>
public sealed class DevnetOperator(TransactionSender sender, Community community, DevnetOptions options) : IDisposable
{
    /// <summary>Coin that each site starts with: escrow, collateral and gas of a long run.</summary>
    public static readonly BigInteger SiteFunds = 1_000 * GenesisPlan.Coin;

    /// <summary>Tariffs known ahead; time-of-use tariffs are public.</summary>
    public const int TariffSlotsAhead = 48;

    private const uint DeviceRatedW = 20_000;

    private static readonly Gas CallGas = new(1_000_000);
    private static readonly Gas TariffGas = new(10_000_000);

    private readonly SigningKey _key = DevelopmentKeys.Operator();
    private long _publishedEnd = long.MinValue;

    /// <summary>The first slot without a tariff.</summary>
    public long PublishedEnd => _publishedEnd;

    /// <summary>Registers all sites and the demo account's, and funds them.</summary>
    public async Task SetUpAsync()
    {
        List<Task> sent = [];
        for (int number = 1; number <= community.Homes.Count; number++)
        {
            using SigningKey account = DevelopmentKeys.SiteAccount(number);
            using SigningKey device = DevelopmentKeys.SiteDevice(number);
            string home = community.Homes[number - 1].Name;
            sent.Add(SendAsync(
                $"registration of {home}",
                MeterRegistryContract.Address,
                UInt256.Zero,
                MeterRegistryContract.RegisterSite((uint)number, account.Address),
                CallGas));
            sent.Add(SendAsync(
                $"registration of the meter of {home}",
                MeterRegistryContract.Address,
                UInt256.Zero,
                MeterRegistryContract.RegisterDevice(device.Address, (uint)number, DeviceRatedW, EnergySource.Solar),
                CallGas));
            sent.Add(SendAsync(
                $"funds of {home}", account.Address, UInt256.FromBigInteger(SiteFunds), [], CallGas));
        }

        using SigningKey demo = DevelopmentKeys.Demo();
        sent.Add(SendAsync(
            "registration of the demo site",
            MeterRegistryContract.Address,
            UInt256.Zero,
            MeterRegistryContract.RegisterSite(DemoSite(community), demo.Address),
            CallGas));
        await Task.WhenAll(sent);
    }

    /// <summary>The site number of the demo account: it trades, but has no meter.</summary>
    public static uint DemoSite(Community community) => (uint)(community.Homes.Count + 1);

    /// <summary>Publishes tariffs up to <see cref="TariffSlotsAhead"/> ahead of <paramref name="slot"/>.</summary>
    /// <param name="firstSlot">Slot 0 of the run.</param>
    /// <param name="slot">A slot whose gate is open.</param>
    /// <param name="endSlot">The first slot after the run; null for none.</param>
    public async Task PublishTariffsAsync(long firstSlot, long slot, long? endSlot)
    {
        long from = Math.Max(slot, _publishedEnd);
        long until = Math.Min(endSlot ?? long.MaxValue, slot + TariffSlotsAhead);
        if (from >= until)
        {
            return;
        }

        UInt256 feedIn = UInt256.FromBigInteger(Money.PerKwh(options.FeedIn));
        int count = (int)(until - from);
        UInt256[] retail =
            [.. Enumerable.Range(0, count).Select(i => UInt256.FromBigInteger(community.Retail(from + i - firstSlot)))];
        await SendAsync(
            $"tariffs of slots {from} to {until - 1}",
            EnergyMarketContract.Address,
            UInt256.Zero,
            EnergyMarketContract.PublishTariffs((ulong)from, retail, [.. Enumerable.Repeat(feedIn, count)]),
            TariffGas);
        _publishedEnd = until;
    }

    public void Dispose() => _key.Dispose();

    private async Task SendAsync(string purpose, Address to, UInt256 value, byte[] data, Gas gas)
    {
        SentTransaction sent = await sender.SendAsync(new TransactionDraft(purpose, _key, null, to, value, data, gas));
        if (!sent.Succeeded)
        {
            string reason = sent.Refusal != TransactionRefusal.None
                ? sent.Refusal.ToString()
                : sent.Receipt is { } receipt ? TransactionOutcomes.ReasonOf(receipt) : "it was in no block in time";
            throw new InvalidOperationException($"The operator's {purpose} failed: {reason}.");
        }
    }
}
