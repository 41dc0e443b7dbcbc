using System.Numerics;
using EnergyChain.Contracts.Genesis;
using EnergyChain.Core.Chain;
using EnergyChain.Core.Crypto;
using EnergyChain.Core.Numerics;
using EnergyChain.Core.Primitives;
using EnergyChain.Ledger.GenesisFormat;
using EnergyChain.Node.Site;

namespace EnergyChain.Node.Setup;

/// <summary>
/// What a new chain's genesis is made from. Money in base units (10^-18 ENC), per kWh where it says so.
/// </summary>
public sealed record GenesisPlan
{
    /// <summary>One coin in base units.</summary>
    public static readonly BigInteger Coin = BigInteger.Pow(10, 18);

    /// <summary>Chain id of the local network.</summary>
    public const ulong DevelopmentChainId = 7001;

    /// <summary>The start of a local network: any fixed moment in the past will do.</summary>
    public const ulong DevelopmentTimeMs = 1_767_225_600_000;

    public ulong ChainId { get; init; } = DevelopmentChainId;

    /// <summary>Block interval, gas and epochs; the chain id is that of <see cref="ChainId"/>.</summary>
    public ChainParameters Parameters { get; init; } = new() { ChainId = new ChainId(DevelopmentChainId) };

    public ulong TimeMs { get; init; } = DevelopmentTimeMs;

    /// <summary>Council members in order.</summary>
    public required IReadOnlyList<PublicKey> Council { get; init; }

    public MarketTiming Timing { get; init; } = MarketTiming.For(2);

    /// <summary>Seconds of energy that a slot stands for.</summary>
    public int EnergySlotSeconds { get; init; } = 3_600;

    public BigInteger GridFeePerKwh { get; init; } = Coin / 50;

    /// <summary>
    /// Covers the gap between a dear retail hour and the market price, so that a buyer is made whole.
    /// </summary>
    public BigInteger CollateralPerKwh { get; init; } = Coin / 2;

    public BigInteger RewardPerKwh { get; init; } = Coin / 100;

    public BigInteger IssuanceReserve { get; init; } = 1_000_000 * Coin;

    public required Address Operator { get; init; }

    public required Address GridAccount { get; init; }

    /// <summary>
    /// What each member of the council has from the start, to pay the gas of its proposals and votes.
    /// </summary>
    public BigInteger CouncilFunds { get; init; } = 10 * Coin;

    /// <summary>Accounts with coin from the start.</summary>
    public required IReadOnlyList<(Address Account, BigInteger Balance)> Funds { get; init; }

    /// <summary>The plan of a local network with the public development keys.</summary>
    public static GenesisPlan Development(int validators, MarketTiming timing)
    {
        using SigningKey operatorKey = DevelopmentKeys.Operator();
        using SigningKey grid = DevelopmentKeys.Grid();
        using SigningKey demo = DevelopmentKeys.Demo();
        List<PublicKey> council = [];
        for (int number = 1; number <= validators; number++)
        {
            using SigningKey key = DevelopmentKeys.Validator(number);
            council.Add(key.PublicKey);
        }

        return new GenesisPlan
        {
            Council = council,
            Timing = timing,
            Operator = operatorKey.Address,
            GridAccount = grid.Address,
            Funds = [(operatorKey.Address, 1_000_000 * Coin), (demo.Address, 10_000 * Coin)],
        };
    }

    /// <summary>
    /// Makes the genesis. Throws <see cref="ArgumentException"/> for a parameter that is not allowed.
    /// </summary>
    public Genesis Build()
    {
        GenesisContractParameters parameters = new()
        {
            SlotSeconds = (ulong)Timing.SlotSeconds,
            EnergySlotSeconds = (ulong)EnergySlotSeconds,
            GateLeadSeconds = (ulong)Timing.GateLeadSeconds,
            ReportWindowSeconds = (ulong)Timing.ReportWindowSeconds,
            GridFeePerKwh = UInt256.FromBigInteger(GridFeePerKwh),
            CollateralPerKwh = UInt256.FromBigInteger(CollateralPerKwh),
            RewardPerKwh = UInt256.FromBigInteger(RewardPerKwh),
            IssuanceReserve = UInt256.FromBigInteger(IssuanceReserve),
            Operator = Operator,
            GridAccount = GridAccount,
        };
        ChainParameters chain = Parameters with { ChainId = new ChainId(ChainId) };
        IEnumerable<GenesisAccount> contracts = GenesisContracts.Create(parameters)
            .Append(GenesisContracts.Council(Council, chain))
            .Select(contract => new GenesisAccount(
                contract.Address,
                contract.Balance,
                contract.RuntimeCode,
                [.. contract.Storage.Select(slot => new StorageSlot(slot.Key, slot.Value))]));
        IEnumerable<GenesisAccount> holders = Funds.Select(fund =>
            new GenesisAccount(fund.Account, UInt256.FromBigInteger(fund.Balance), default, []));
        return GenesisFile.Canonical(new Genesis(
            new BlockTime(TimeMs),
            chain,
            new Council(Council.Select(key => new CouncilMember(key))),
            [.. contracts, .. holders, .. CouncilAccounts()]));
    }

    private IEnumerable<GenesisAccount> CouncilAccounts() => Council
        .Select(key => key.ToAddress())
        .Except(Funds.Select(fund => fund.Account))
        .Select(account => new GenesisAccount(account, UInt256.FromBigInteger(CouncilFunds), default, []));
}
