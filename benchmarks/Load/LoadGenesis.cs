using System.Numerics;
using EnergyChain.Benchmarks.Load.Workloads;
using EnergyChain.Contracts.Genesis;
using EnergyChain.Core.Chain;
using EnergyChain.Core.Crypto;
using EnergyChain.Core.Numerics;
using EnergyChain.Core.Primitives;
using EnergyChain.Ledger.GenesisFormat;
using EnergyChain.Node.Setup;

namespace EnergyChain.Benchmarks.Load;

/// <summary>The genesis of a run: a local network's, with the sites, meters and senders of the workload.</summary>
internal static class LoadGenesis
{
    /// <summary>A week, the most that the registry takes.</summary>
    public const ulong LongestReportWindowSeconds = 604_800;

    private const ulong EnergySlotSeconds = 3_600;
    private const int ReserveCoins = 1_000_000;
    private const int FundsCoins = 100_000;
    private const int CouncilCoins = 10;

    /// <summary>What a seller locks, in base units.</summary>
    public static UInt256 CollateralPerKwh { get; } = Coins(1) / 2;

    /// <summary>What a buyer pays to the grid, in base units.</summary>
    public static UInt256 GridFeePerKwh { get; } = Coins(1) / 50;

    public static Genesis Of(int validators, ChainParameters parameters, LoadNeeds needs)
    {
        using SigningKey grid = DevelopmentKeys.Grid();
        using SigningKey operatorKey = DevelopmentKeys.Operator();
        PublicKey[] council = [.. Enumerable.Range(1, validators).Select(CouncilKey)];
        IEnumerable<GenesisAccount> contracts = GenesisContracts.Create(new GenesisContractParameters
        {
            SlotSeconds = needs.SlotSeconds,
            EnergySlotSeconds = EnergySlotSeconds,
            GateLeadSeconds = needs.GateLeadSeconds,
            ReportWindowSeconds = needs.ReportWindowSeconds,
            GridFeePerKwh = GridFeePerKwh,
            CollateralPerKwh = CollateralPerKwh,
            IssuanceReserve = Coins(ReserveCoins),
            Operator = operatorKey.Address,
            GridAccount = grid.Address,
            Sites = needs.Sites,
            Devices = needs.Devices,
        }).Append(GenesisContracts.Council(council, parameters)).Select(contract => new GenesisAccount(
            contract.Address,
            contract.Balance,
            contract.RuntimeCode,
            [.. contract.Storage.Select(slot => new StorageSlot(slot.Key, slot.Value))]));
        return GenesisFile.Canonical(new Genesis(
            new BlockTime(GenesisPlan.DevelopmentTimeMs),
            parameters,
            new Council(council.Select(key => new CouncilMember(key))),
            [
                .. contracts,
                .. needs.Funded.Append(operatorKey.Address).Append(grid.Address)
                    .Select(account => Holder(account, FundsCoins)),
                .. council.Select(key => Holder(key.ToAddress(), CouncilCoins)),
            ]));
    }

    private static PublicKey CouncilKey(int number)
    {
        using SigningKey key = DevelopmentKeys.Validator(number);
        return key.PublicKey;
    }

    private static GenesisAccount Holder(Address account, int coins) => new(account, Coins(coins), default, []);

    private static UInt256 Coins(int count) => UInt256.FromBigInteger(GenesisPlan.Coin * new BigInteger(count));
}
