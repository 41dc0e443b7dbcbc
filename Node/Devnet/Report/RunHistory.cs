using System.Numerics;
using EnergyChain.Contracts;
using EnergyChain.Contracts.Events;
using EnergyChain.Core.Chain;
using EnergyChain.Core.Primitives;

namespace EnergyChain.Node.Devnet.Report;

/// <summary>
/// Everything that a run's report takes from the chain, folded block by block from headers, receipts and events. A
/// block is applied once, in order. Not thread-safe.
/// </summary>
public sealed class RunHistory
{
    private readonly Dictionary<long, SlotFacts> _slots = [];
    private readonly Dictionary<(long Slot, uint Site), RecordFacts> _records = [];
    private readonly Dictionary<(long Slot, uint Site), SiteMoney> _money = [];
    private readonly Dictionary<Address, BigInteger> _gasPaid = [];
    private readonly List<BlockFacts> _blocks = [];
    private readonly HashSet<Address> _accounts = [];
    private readonly BigInteger _gasPrice;
    private long _lastSettled = long.MinValue;

    /// <param name="genesis">Its accounts and gas price.</param>
    public RunHistory(Genesis genesis)
    {
        _gasPrice = genesis.Parameters.GasPrice.ToBigInteger();
        _accounts.UnionWith(genesis.Accounts.Select(account => account.Address));
        _accounts.UnionWith(genesis.Council.Members.Select(member => member.Address));
    }

    /// <summary>The applied blocks.</summary>
    public IReadOnlyList<BlockFacts> Blocks => _blocks;

    /// <summary>Every account that a block, a transaction or an event paid or named as payee.</summary>
    public IReadOnlyCollection<Address> Accounts => _accounts;

    /// <summary>Rewards that left the issuance reserve.</summary>
    public BigInteger Rewards { get; private set; }

    public BigInteger GasTotal { get; private set; }

    /// <summary>The last applied block; 0 where there is none.</summary>
    public Height Height => _blocks.Count == 0 ? Height.Genesis : _blocks[^1].Height;

    /// <summary>
    /// What happened in a slot. A slot without tariff, order and trade is settled as soon as a later one is: the
    /// contract then refuses to settle it, so no event ever says so.
    /// </summary>
    public SlotFacts Slot(long slot)
    {
        SlotFacts facts = Seen(slot);
        bool isPassedOver = slot <= _lastSettled && !facts.HasTariff && !facts.HoldsMoney;
        return isPassedOver && !facts.IsSettled ? facts with { IsSettled = true } : facts;
    }

    /// <summary>Slots before or from the end of a run whose orders or trades hold money.</summary>
    public int OpenSlotsOutside(long firstSlot, long endSlot) =>
        _slots.Count(slot => (slot.Key < firstSlot || slot.Key >= endSlot) && slot.Value.HoldsMoney);

    public RecordFacts? Record(long slot, uint site) => _records.GetValueOrDefault((slot, site));

    public SiteMoney Money(long slot, uint site) => _money.GetValueOrDefault((slot, site), SiteMoney.Zero);

    public BigInteger GasPaid(Address account) => _gasPaid.GetValueOrDefault(account);

    /// <summary>Folds one block in.</summary>
    public void Apply(Block block, IReadOnlyList<Receipt> receipts)
    {
        int failed = receipts.Count(receipt => !receipt.Succeeded);
        _blocks.Add(new BlockFacts(block.Height, block.Header.Time, receipts.Count, failed));
        _accounts.Add(block.Header.Proposer);
        for (int i = 0; i < receipts.Count; i++)
        {
            Apply(block.Transactions[i], receipts[i]);
        }
    }

    private void Apply(Transaction transaction, Receipt receipt)
    {
        BigInteger gas = receipt.GasUsed.Value * _gasPrice;
        GasTotal += gas;
        _gasPaid[transaction.GasPayer] = GasPaid(transaction.GasPayer) + gas;
        _accounts.Add(transaction.Sender);
        _accounts.Add(transaction.GasPayer);
        AddAccount(transaction.Body.To);
        AddAccount(receipt.CreatedContract);
        foreach (LogEntry log in receipt.Logs)
        {
            Apply(log);
        }
    }

    internal void Apply(LogEntry log)
    {
        if (log.Address == EnergyMarketContract.Address
            && EnergyMarketContract.TryDecodeEvent(log.Topics, log.Data.Span, out MarketEvent? traded))
        {
            Apply(traded!);
        }
        else if (log.Address == MeterRegistryContract.Address
            && MeterRegistryContract.TryDecodeEvent(log.Topics, log.Data.Span, out RegistryEvent? registered))
        {
            Apply(registered!);
        }
    }

    private void Apply(MarketEvent happening)
    {
        switch (happening)
        {
            case MarketEvent.TariffPublished tariff:
                Change(tariff.Slot, facts => facts with
                {
                    Retail = tariff.RetailPerKwh.ToBigInteger(),
                    FeedIn = tariff.FeedInPerKwh.ToBigInteger(),
                    HasTariff = true,
                });
                break;
            case MarketEvent.OrderPlaced order:
                _accounts.Add(order.Account);
                Change(order.Slot, facts => facts with { Orders = facts.Orders + 1 });
                break;
            case MarketEvent.OfferPlaced offer:
                _accounts.Add(offer.Account);
                Change(offer.Slot, facts => facts with { Orders = facts.Orders + 1 });
                break;
            case MarketEvent.OrderCancelled order:
                Change(order.Slot, facts => facts with { Cancelled = facts.Cancelled + 1 });
                break;
            case MarketEvent.TradeMade made:
                Change(made.Slot, facts => facts with { Trades = facts.Trades + 1 });
                break;
            case MarketEvent.SlotCleared cleared:
                Change(cleared.Slot, facts => facts with
                {
                    IsCleared = true,
                    ClearingPrice = cleared.PricePerKwh.ToBigInteger(),
                    ClearedWh = (long)cleared.VolumeWh,
                });
                break;
            case MarketEvent.TradeSettled settled:
                Settle((long)settled.Slot, settled.Line);
                break;
            case MarketEvent.SlotSettled settled:
                _lastSettled = Math.Max(_lastSettled, (long)settled.Slot);
                Change(settled.Slot, facts => facts with
                {
                    IsSettled = true,
                    DeliveredWh = (long)settled.Sums.DeliveredWh,
                });
                break;
        }
    }

    private void Apply(RegistryEvent happening)
    {
        switch (happening)
        {
            case RegistryEvent.SiteRegistered site:
                _accounts.Add(site.Account);
                break;
            case RegistryEvent.RecordAccepted accepted:
                MeterRecord record = accepted.Record;
                MeteredEnergy energy = new(
                    (long)record.ConsumedWh,
                    (long)record.ProducedWh,
                    (long)record.ImportedWh,
                    (long)record.ExportedWh,
                    (long)record.SocWh);
                _records[((long)accepted.Slot, accepted.Site)] = new RecordFacts(energy, accepted.IsLate);
                break;
            case RegistryEvent.RewardPaid reward:
                Rewards += reward.Amount.ToBigInteger();
                AddMoney((long)reward.Slot, reward.Site, new SiteMoney { Rewards = reward.Amount.ToBigInteger() });
                break;
        }
    }

    private void Settle(long slot, SettledTrade line)
    {
        AddMoney(slot, line.SellerSite, new SiteMoney
        {
            SoldWh = line.SoldWh,
            DeliveredWh = line.DeliveredWh,
            Earned = line.Paid.ToBigInteger(),
            CompensationPaid = line.Compensation.ToBigInteger(),
        });
        AddMoney(slot, line.BuyerSite, new SiteMoney
        {
            BoughtWh = line.SoldWh,
            ReceivedWh = line.DeliveredWh,
            Paid = line.Paid.ToBigInteger(),
            Fees = line.Fee.ToBigInteger(),
            CompensationReceived = line.Compensation.ToBigInteger(),
        });
    }

    private void Change(ulong slot, Func<SlotFacts, SlotFacts> change) => _slots[(long)slot] = change(Seen((long)slot));

    private SlotFacts Seen(long slot) => _slots.GetValueOrDefault(slot, SlotFacts.None);

    private void AddMoney(long slot, uint site, SiteMoney money) => _money[(slot, site)] = Money(slot, site) + money;

    private void AddAccount(Address? account)
    {
        if (account is { } present)
        {
            _accounts.Add(present);
        }
    }
}
