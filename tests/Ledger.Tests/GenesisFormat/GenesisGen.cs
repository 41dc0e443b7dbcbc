using CsCheck;
using EnergyChain.Core.Chain;
using EnergyChain.Core.Crypto;
using EnergyChain.Core.Numerics;
using EnergyChain.Core.Primitives;

namespace EnergyChain.Ledger.Tests.GenesisFormat;

/// <summary>Random genesis values within the limits, accounts in any order.</summary>
internal static class GenesisGen
{
    private static readonly Gen<UInt256> Word =
        Gen.Byte.Array[32].Select(bytes => UInt256.FromBigEndian(bytes));

    private static readonly Gen<UInt256> Amount =
        Gen.Byte.Array[16].Select(bytes => UInt256.FromBigEndian([.. new byte[16], .. bytes]) + 1);

    private static readonly Gen<Address> Address =
        Gen.Byte.Array[20].Select(bytes => new Address(bytes));

    private static readonly Gen<StorageSlot[]> Storage =
        Gen.Select(Word, Amount, (key, value) => new StorageSlot(key, value)).Array[0, 4]
            .Select(slots => slots.DistinctBy(slot => slot.Key).ToArray());

    private static readonly Gen<GenesisAccount> Account =
        Gen.Select(Address, Amount, Gen.Byte.Array[0, 40], Storage, (address, balance, code, storage) =>
            new GenesisAccount(address, balance, code, code.Length == 0 ? [] : storage));

    private static readonly Gen<ChainParameters> Parameters =
        Gen.Select(
            Gen.ULong[1, 1UL << 52], Gen.ULong[100, 60_000], Gen.ULong[21_000, 1_000_000_000], Amount,
            (chainId, interval, gas, price) => new ChainParameters
            {
                ChainId = new ChainId(chainId),
                BlockIntervalMs = interval,
                BlockGasLimit = new Gas(gas),
                TransactionGasLimit = new Gas(gas),
                GasPrice = price - 1,
            });

    public static Gen<Genesis> Genesis { get; } =
        Gen.Select(
            Gen.ULong[0, 4_000_000_000_000], Parameters, Gen.Byte.Array[32].Array[1, 5], Account.Array[0, 8],
            (time, parameters, keys, accounts) => new Genesis(
                new BlockTime(time),
                parameters,
                new Council(keys.Select(key => new CouncilMember(new PublicKey(key))).Distinct()),
                [.. accounts.DistinctBy(account => account.Address)]));
}
