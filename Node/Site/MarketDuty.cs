using EnergyChain.Contracts;
using EnergyChain.Contracts.Views;
using EnergyChain.Core;
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

    /// <summary>Slots that are looked after at once, oldest first; newer ones wait for a place.</summary>
    public const int MaxSlots = 64;

    private readonly SortedSet<long> _slots = [];
    private readonly HashSet<long> _cleared = [];
    private readonly HashSet<(long Slot, bool Settle)> _underWay = [];
    private readonly Lock _lock = new();

    // Slots without a place are a range, however long a standstill was. Empty where the first is above the last.
    private long _firstWaiting;
    private long _lastWaiting = -1;

    /// <summary>Slots that are not settled yet, as far as this duty knows.</summary>
    public int OpenCount
    {
        get
        {
            lock (_lock)
            {
                return _slots.Count + (int)(_lastWaiting - _firstWaiting + 1);
            }
        }
    }

    /// <summary>Whose turn it is: 0 calls first.</summary>
    public static long TurnOf(uint site, long slot, int communitySize) =>
        (site + slot) % Math.Max(1, communitySize);

    /// <summary>Has a slot looked after until it is settled. Slots come in ascending order without gaps.</summary>
    public void Watch(long slot)
    {
        lock (_lock)
        {
            if (_lastWaiting < _firstWaiting)
            {
                _firstWaiting = slot;
            }

            _lastWaiting = slot;
            FillPlaces();
        }
    }

    /// <summary>
    /// Looks at every watched slot after a block. A failure is logged and leaves the other slots as they are; only the
    /// first of a block is, for most have one cause.
    /// </summary>
    public void OnBlock()
    {
        long now = (long)chain.Head.Time.UnixSeconds;
        long[] slots;
        lock (_lock)
        {
            slots = [.. _slots];
        }

        bool hasFailed = false;
        foreach (long slot in slots)
        {
            try
            {
                LookAt(slot, now);
            }
            catch (Exception error) when (error is not InvariantException)
            {
                if (!hasFailed)
                {
                    logger.MarketFailed(error, site.Options.Name, slot);
                }

                hasFailed = true;
            }
        }
    }

    private void LookAt(long slot, long now)
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

        Call(slot, settle);
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
            FillPlaces();
        }
    }

    // The oldest come first: before a standstill there were orders, in it none.
    private void FillPlaces()
    {
        for (; _firstWaiting <= _lastWaiting && _slots.Count < MaxSlots; _firstWaiting++)
        {
            _slots.Add(_firstWaiting);
        }
    }

    private void Call(long slot, bool settle)
    {
        Task<SentTransaction> sending;
        try
        {
            sending = sender.SendAsync(Draft(slot, settle));
        }
        catch
        {
            Release(slot, settle);
            throw;
        }

        _ = FollowAsync(slot, settle, sending);
    }

    private async Task FollowAsync(long slot, bool settle, Task<SentTransaction> sending)
    {
        try
        {
            SentTransaction sent = await sending;
            if (!TransactionOutcomes.FailedWith(sent, "SlotAlreadySettled"))
            {
                TransactionOutcomes.Report(logger, site.Options.Name, sent);
            }
        }
        finally
        {
            Release(slot, settle);
        }
    }

    private void Release(long slot, bool settle)
    {
        lock (_lock)
        {
            _underWay.Remove((slot, settle));
        }
    }

    private TransactionDraft Draft(long slot, bool settle)
    {
        byte[] data = settle ? EnergyMarketContract.Settle((ulong)slot) : EnergyMarketContract.Clear((ulong)slot);
        Gas gas = EstimateGas(data);
        return new TransactionDraft(
            $"{(settle ? "settle" : "clear")} of slot {slot}",
            site.Account,
            null,
            EnergyMarketContract.Address,
            UInt256.Zero,
            data,
            gas);
    }

    // What the call would use now, with room for what may still come before it.
    private Gas EstimateGas(byte[] data)
    {
        Gas limit = chain.Head.Parameters.TransactionGasLimit;
        CallOutcome outcome = chain.Call(
            new CallRequest(site.Account.Address, EnergyMarketContract.Address, UInt256.Zero, data, limit));
        ulong wanted = outcome.Succeeded ? (outcome.GasUsed.Value * 3 / 2) + 500_000 : 5_000_000;
        return new Gas(Math.Min(limit.Value, wanted));
    }
}
