namespace EnergyChain.Market.Model;

/// <summary>
/// The rules of the MeterRegistry contract as plain C#: which records are accepted, and what they earn. The reserve
/// is the balance of <see cref="Account"/> less its credits. Not thread-safe.
/// </summary>
public sealed class RegistryModel(
    MarketRules rules,
    IReadOnlyDictionary<SiteId, AccountId> sites,
    AccountBook accounts,
    CertificateBook certificates,
    MarketModel market)
{
    private readonly SortedDictionary<AccountId, DeviceState> _devices = [];

    /// <summary>The account that the issuance reserve lies in.</summary>
    public static AccountId Account { get; } = new("registry");

    /// <summary>Renewable energy accepted since genesis.</summary>
    public WattHours Rewarded { get; private set; }

    public DeviceState? StateOf(AccountId device) => _devices.GetValueOrDefault(device);

    public Refusal Register(AccountId caller, AccountId device, SiteId site, uint ratedPowerW, byte source)
    {
        if (caller != rules.Operator)
        {
            return Refusal.NotOperator;
        }

        if (!sites.ContainsKey(site))
        {
            return Refusal.UnknownSite;
        }

        if (ratedPowerW == 0)
        {
            return Refusal.InvalidRatedPower;
        }

        bool isNew = _devices.TryAdd(device, new DeviceState(site, ratedPowerW, source));
        return isNew ? Refusal.None : Refusal.DeviceAlreadyRegistered;
    }

    public Refusal Revoke(AccountId caller, AccountId device) =>
        ChangeActive(caller, device, state => state with { IsRevoked = true });

    public Refusal AcceptCounterReset(AccountId caller, AccountId device) =>
        ChangeActive(caller, device, state => state with { WasReset = true });

    /// <summary>Gives the reward that was paid, or why the record was refused.</summary>
    public (Refusal Refusal, Money Reward) Submit(ulong now, AccountId device, DeviceRecord record)
    {
        Refusal refusal = CheckActive(device);
        refusal = refusal != Refusal.None ? refusal : CheckRecord(now, _devices[device], record);
        if (refusal != Refusal.None)
        {
            return (refusal, Money.Zero);
        }

        DeviceState state = _devices[device];
        _devices[device] = state with { Last = record, WasReset = false };
        if (!rules.Schedule.IsReportWindowOver(record.Slot, now))
        {
            market.RecordExport(record.Slot, state.Site, record.Exported);
        }

        bool isRewarded = state.Source != 0 && !record.Produced.IsZero;
        return (Refusal.None, isRewarded ? Reward(state, record) : Money.Zero);
    }

    private Money Reward(DeviceState state, DeviceRecord record)
    {
        AccountId account = sites[state.Site];
        Money reserve = accounts.BalanceOf(Account) - accounts.CreditsOf(Account);
        Money reward = Money.Min(rules.Rewards.For(Rewarded, record.Produced), reserve);
        Rewarded += record.Produced;
        certificates.Mint(account, record.Slot, state.Source, record.Produced);
        accounts.Push(Account, account, reward);
        return reward;
    }

    private Refusal ChangeActive(AccountId caller, AccountId device, Func<DeviceState, DeviceState> change)
    {
        if (caller != rules.Operator)
        {
            return Refusal.NotOperator;
        }

        Refusal refusal = CheckActive(device);
        if (refusal == Refusal.None)
        {
            _devices[device] = change(_devices[device]);
        }

        return refusal;
    }

    private Refusal CheckActive(AccountId device)
    {
        if (!_devices.TryGetValue(device, out DeviceState? state))
        {
            return Refusal.UnknownDevice;
        }

        return state.IsRevoked ? Refusal.RevokedDevice : Refusal.None;
    }

    private Refusal CheckRecord(ulong now, DeviceState state, DeviceRecord record)
    {
        if (!rules.Schedule.HasEnded(record.Slot, now))
        {
            return Refusal.SlotNotEnded;
        }

        if (state.Last is not null && record.Slot <= state.Last.Slot)
        {
            return Refusal.DuplicateRecord;
        }

        if (state.Last is not null && record.Sequence <= state.Last.Sequence)
        {
            return Refusal.SequenceNotAbove;
        }

        WattHours most = new((ulong)((UInt128)state.RatedPowerW * rules.EnergySlotSeconds / 3600));
        if (record.Imported > most || record.Exported > most || record.Produced > most || record.Consumed > most)
        {
            return Refusal.EnergyAboveRatedPower;
        }

        return state.Last is null || state.WasReset ? Refusal.None : CheckCounters(state.Last, record);
    }

    private static Refusal CheckCounters(DeviceRecord last, DeviceRecord record)
    {
        (WattHours Energy, WattHours Now, WattHours Before)[] counters =
        [
            (record.Imported, record.ImportCounter, last.ImportCounter),
            (record.Exported, record.ExportCounter, last.ExportCounter),
            (record.Produced, record.ProductionCounter, last.ProductionCounter),
        ];
        foreach ((WattHours energy, WattHours now, WattHours before) in counters)
        {
            if (now < before)
            {
                return Refusal.CounterBelowLast;
            }

            if (energy > now - before)
            {
                return Refusal.EnergyAboveCounter;
            }
        }

        return Refusal.None;
    }
}
