using EnergyChain.Contracts;
using EnergyChain.Contracts.Views;
using EnergyChain.Core.Chain;
using EnergyChain.Core.Crypto;
using EnergyChain.Core.Numerics;
using EnergyChain.Core.Primitives;
using EnergyChain.Ledger.GenesisFormat;
using EnergyChain.Node.Execution;
using EnergyChain.Node.Setup;
using EnergyChain.Node.Site;
using EnergyChain.Node.Storage;
using Microsoft.Extensions.Logging.Abstractions;

namespace EnergyChain.Dashboard.Browser;

/// <summary>
/// A chain of many blocks in a data directory, one a second up to a given moment, executed as a node does it but
/// without the rounds that decide blocks. Two sites report and trade in every slot, and every other block has a
/// transfer; 100,000 blocks have as many slots as a month of quarter hours.
/// </summary>
internal sealed class GrownChain : IDisposable
{
    public const uint Seller = 1;
    public const uint Buyer = 2;
    public const int SlotSeconds = 30;

    private const int TariffSlots = 40;
    private const uint RatedW = 20_000;
    private const uint TradedWh = 300;
    private const ulong ProducedWh = 700;
    private const ulong ConsumedWh = 500;
    private const ulong GasLimit = 3_000_000;

    private static readonly UInt256 Retail = 300_000_000_000_000_000ul;
    private static readonly UInt256 FeedIn = 50_000_000_000_000_000ul;
    private static readonly UInt256 Price = 150_000_000_000_000_000ul;

    private readonly SigningKey _member = DevelopmentKeys.Validator(1);
    private readonly SigningKey _operator = DevelopmentKeys.Operator();
    private readonly SigningKey _demo = DevelopmentKeys.Demo();
    private readonly SigningKey[] _accounts = [DevelopmentKeys.SiteAccount(1), DevelopmentKeys.SiteAccount(2)];
    private readonly SigningKey[] _devices = [DevelopmentKeys.SiteDevice(1), DevelopmentKeys.SiteDevice(2)];
    private readonly Dictionary<Address, ulong> _nonces = [];
    private readonly MarketParameters _market;
    private readonly ulong _blocks;
    private ulong _sequence;

    public GrownChain(ulong blocks, DateTimeOffset end)
    {
        _blocks = blocks;
        MarketTiming timing = MarketTiming.For(SlotSeconds);
        GenesisPlan plan = GenesisPlan.Development(1, timing);
        Genesis = (plan with
        {
            TimeMs = ((ulong)end.ToUnixTimeSeconds() - blocks) * 1_000,
            EnergySlotSeconds = 900,
            Funds =
            [
                .. plan.Funds,
                .. _accounts.Concat(_devices).Select(key => (key.Address, 1_000 * GenesisPlan.Coin)),
            ],
        }).Build();
        _market = new MarketParameters(
            SlotSeconds,
            (ulong)timing.GateLeadSeconds,
            (ulong)timing.ReportWindowSeconds,
            default,
            default,
            default,
            default,
            UInt256.FromBigInteger(plan.GridFeePerKwh),
            UInt256.FromBigInteger(plan.CollateralPerKwh));
    }

    public Genesis Genesis { get; }

    /// <summary>Writes the genesis file and the data directory.</summary>
    public void Write(string genesisPath, string dataDirectory)
    {
        File.WriteAllBytes(genesisPath, GenesisFile.Write(Genesis));
        using DataDirectory directory = DataDirectory.Open(dataDirectory, Genesis.Hash);
        using Chain chain = Chain.Open(Genesis, directory, new ChainOptions(), NullLogger.Instance);
        while (chain.Head.Height.Value < _blocks)
        {
            CommitOutcome outcome = chain.Commit(Next(chain.Head));
            Assert.That(outcome, Is.EqualTo(CommitOutcome.Committed));
        }
    }

    public void Dispose()
    {
        foreach (SigningKey key in _accounts.Concat(_devices).Append(_member).Append(_operator).Append(_demo))
        {
            key.Dispose();
        }
    }

    private CommittedBlock Next(ChainHead head)
    {
        BlockTime time = head.Time.AddMs(1_000);
        Transaction[] transactions = [.. Calls(head.Height.Next, time.UnixSeconds)];
        BlockHeader header = head.NextHeader(
            Genesis.ChainId,
            time,
            _member.Address,
            transactions.Select(static each => each.Id),
            head.Certificate,
            []);
        byte[] signed = Vote.SignedBytes(VoteType.Precommit, header.Height, default, header.Hash);
        CommitCertificate certificate = new(
            header.Height, default, header.Hash, [0], [_member.Sign(SigningDomain.Vote, Genesis.ChainId, signed)]);
        return new CommittedBlock(new Block(header, head.Certificate, [], transactions, head.ChangedTerm), certificate);
    }

    private IEnumerable<Transaction> Calls(Height height, ulong seconds)
    {
        Transaction Call(SigningKey sender, Address to, byte[] data, UInt256 value = default) =>
            Sign(sender, height, to, value, data);
        Transaction Market(SigningKey sender, byte[] data, UInt256 value = default) =>
            Call(sender, EnergyMarketContract.Address, data, value);
        Transaction Registry(SigningKey sender, byte[] data) => Call(sender, MeterRegistryContract.Address, data);

        ulong slot = seconds / SlotSeconds;
        switch (height.Value == 1 ? -1 : (int)(seconds % SlotSeconds))
        {
            case -1:
                for (uint site = 1; site <= _accounts.Length; site++)
                {
                    Address device = _devices[site - 1].Address;
                    yield return Registry(
                        _operator, MeterRegistryContract.RegisterSite(site, _accounts[site - 1].Address));
                    yield return Registry(
                        _operator, MeterRegistryContract.RegisterDevice(device, site, RatedW, EnergySource.Solar));
                }

                break;
            case 2:
                _sequence++;
                yield return Registry(_devices[0], MeterRegistryContract.SubmitRecord(Sold(slot - 1)));
                yield return Registry(_devices[1], MeterRegistryContract.SubmitRecord(Used(slot - 1)));
                break;
            case 4 when slot % (TariffSlots / 2) == 0 || height.Value <= SlotSeconds:
                yield return Market(_operator, EnergyMarketContract.PublishTariffs(
                    slot + 1,
                    [.. Enumerable.Repeat(Retail, TariffSlots)],
                    [.. Enumerable.Repeat(FeedIn, TariffSlots)]));
                break;
            case 6:
                yield return Market(
                    _accounts[0],
                    EnergyMarketContract.PlaceOrder(slot + 1, Seller, OrderKind.Sell, TradedWh, Price),
                    _market.CollateralFor(TradedWh));
                yield return Market(
                    _accounts[1],
                    EnergyMarketContract.PlaceOrder(slot + 1, Buyer, OrderKind.Buy, TradedWh, Price),
                    _market.EscrowFor(TradedWh, Price));
                break;
            case 12:
                yield return Market(_operator, EnergyMarketContract.Settle(slot - 2));
                break;
            case 22:
                yield return Market(_operator, EnergyMarketContract.Clear(slot + 1));
                break;
            case int second when second % 2 == 1:
                yield return Call(_demo, _accounts[0].Address, [], UInt256.One);
                break;
        }
    }

    private MeterRecord Sold(ulong slot) => new(
        slot, 0, ProducedWh - ConsumedWh + 100, ProducedWh, ConsumedWh - 100, 0,
        0, _sequence * (ProducedWh - ConsumedWh + 100), _sequence * ProducedWh, _sequence, default);

    private MeterRecord Used(ulong slot) => new(
        slot, ConsumedWh, 0, 0, ConsumedWh, 0, _sequence * ConsumedWh, 0, 0, _sequence, default);

    private Transaction Sign(SigningKey sender, Height height, Address to, UInt256 value, byte[] data)
    {
        ulong nonce = _nonces.GetValueOrDefault(sender.Address);
        _nonces[sender.Address] = nonce + 1;
        return new TransactionBody
        {
            ChainId = Genesis.ChainId,
            Nonce = nonce,
            GasLimit = new Gas(GasLimit),
            GasPrice = Genesis.Parameters.GasPrice,
            To = to,
            Value = value,
            Data = data,
            ValidUntil = new Height(height.Value + 100),
        }.Sign(sender);
    }
}
