using EnergyChain.Contracts;
using EnergyChain.Contracts.Views;
using EnergyChain.Core.Numerics;
using EnergyChain.Core.Primitives;
using EnergyChain.Node.Execution;

namespace EnergyChain.Node.Site;

/// <summary>
/// Calls clear after gate closure and settle after the report window. Anyone may; so that not everyone does, the sites
/// take turns: the site whose turn it is calls at once, the next one <see cref="TurnSeconds"/> later if it is still to
/// do. Both calls change nothing the second time. Used by one caller at a time.
/// </summary>
public sealed class MarketDuty(
    SiteIdentity site,
    IChain chain,
    ContractReader contracts,
    TransactionSender sender,
    MarketParameters market,
    ILogger<MarketDuty> logger)
{
    /// <summary>Time on the chain that a turn lasts: two blocks.</summary>
    public const long TurnSeconds = 2;

    /// <summary>Slots that are looked after at once, oldest first.</summary>
    public const int MaxSlots = 64;

    private readonly SortedSet<long> _slots = [];
    private readonly HashSet<long> _cleared = [];
    private readonly HashSet<(long Slot, bool Settle)> _underWay = [];
    private readonly Lock _lock = new();

    /// <summary>Slots that are not settled yet, as far as this duty knows.</summary>
    public int OpenCount
    {
        get
        {
            lock (_lock)
            {
                return _slots.Count;
            }
        }
    }

    /// <summary>Whose turn it is: 0 calls first.</summary>
    public static long TurnOf(uint site, long slot, int communitySize) =>
        (site + slot) % Math.Max(1, communitySize);

    /// <summary>Has a slot looked after until it is settled.</summary>
    public void Watch(long slot)
    {
        lock (_lock)
        {
            _slots.Add(slot);
            while (_slots.Count > MaxSlots)
            {
                _slots.Remove(_slots.Min);
            }
        }
    }

    /// <summary>Looks at every watched slot after a block.</summary>
    public void OnBlock()
    {
        long now = (long)chain.Head.Time.UnixSeconds;
        long[] slots;
        lock (_lock)
        {
            slots = [.. _slots];
        }

        foreach (long slot in slots)
        {
            long turn = TurnOf(site.Id, slot, site.Options.CommunitySize) * TurnSeconds;
            long gate = (slot * (long)market.SlotSeconds) - (long)market.GateLeadSeconds;
            long deadline = ((slot + 1) * (long)market.SlotSeconds) + (long)market.ReportWindowSeconds;
            if (now >= deadline)
            {
                LookAfter(slot, settle: true, isMyTurn: now >= deadline + turn);
            }
            else if (now >= gate + turn && !_cleared.Contains(slot))
            {
                LookAfter(slot, settle: false, isMyTurn: true);
            }
        }
    }

    private void LookAfter(long slot, bool settle, bool isMyTurn)
    {
        SlotSummary summary =
            contracts.Ask(EnergyMarketContract.Address, EnergyMarketContract.SummaryOf((ulong)slot));
        bool isSettled = summary.Phase == Contracts.SlotPhase.Settled;
        bool hasNothingToClear = summary.Phase == Contracts.SlotPhase.Cleared || summary.Sites == 0;
        if (isSettled || (!settle && hasNothingToClear))
        {
            Forget(slot, isSettled);
            return;
        }

        lock (_lock)
        {
            if (!isMyTurn || !_underWay.Add((slot, settle)))
            {
                return;
            }
        }

        _ = CallAsync(slot, settle);
    }

    private void Forget(long slot, bool isSettled)
    {
        lock (_lock)
        {
            if (!isSettled)
            {
                _cleared.Add(slot);
                return;
            }

            _slots.Remove(slot);
            _cleared.Remove(slot);
        }
    }

    private async Task CallAsync(long slot, bool settle)
    {
        byte[] data = settle ? EnergyMarketContract.Settle((ulong)slot) : EnergyMarketContract.Clear((ulong)slot);
        Gas gas = EstimateGas(data);
        SentTransaction sent = await sender.SendAsync(new TransactionDraft(
            $"{(settle ? "settle" : "clear")} of slot {slot}",
            site.Account,
            null,
            EnergyMarketContract.Address,
            UInt256.Zero,
            data,
            gas));
        if (!TransactionOutcomes.FailedWith(sent, "SlotAlreadySettled"))
        {
            TransactionOutcomes.Report(logger, site.Options.Name, sent);
        }

        lock (_lock)
        {
            _underWay.Remove((slot, settle));
        }
    }

    // What the call would use now, with room for what may still come before it.
    private Gas EstimateGas(byte[] data)
    {
        Gas limit = chain.Genesis.Parameters.TransactionGasLimit;
        CallOutcome outcome = chain.Call(
            new CallRequest(site.Account.Address, EnergyMarketContract.Address, UInt256.Zero, data, limit));
        ulong wanted = outcome.Succeeded ? (outcome.GasUsed.Value * 3 / 2) + 500_000 : 5_000_000;
        return new Gas(Math.Min(limit.Value, wanted));
    }
}
