using System.Buffers.Binary;
using EnergyChain.Core.Crypto;
using EnergyChain.Core.Numerics;
using EnergyChain.Core.Primitives;
using EnergyChain.StateTests;

namespace EnergyChain.Vm.Tests.Fuzzing;

/// <summary>
/// Makes scenarios of contracts that call each other. Scenarios of different seeds share no account, so that many fit
/// into one world.
/// </summary>
internal static class ScenarioGenerator
{
    private const int MaxContracts = 4;
    private const ulong GasPrice = 3;

    public static Scenario Generate(int seed)
    {
        Address[] addresses = [.. Enumerable.Range(0, MaxContracts).Select(number => AddressOf(seed, number))];
        ProgramGenerator generator = new(seed, addresses);
        Random random = generator.Random;
        ScenarioAccount[] accounts =
        [
            .. addresses[..random.Next(1, MaxContracts + 1)].Select(address => new ScenarioAccount(
                address,
                (ulong)random.Next(3) * 50,
                generator.Program(),
                [.. Enumerable.Range(0, random.Next(4)).Select(key => ((ulong)key, (ulong)random.Next(1, 400)))])),
        ];
        Address sender = AddressOf(seed, MaxContracts);
        EthereumTransaction[] transactions =
        [
            .. Enumerable.Range(0, random.Next(1, 5)).Select(nonce => Transaction(generator, sender, accounts, nonce)),
        ];
        return new Scenario(seed, sender, accounts, transactions);
    }

    private static EthereumTransaction Transaction(
        ProgramGenerator generator, Address sender, ScenarioAccount[] accounts, int nonce)
    {
        Random random = generator.Random;
        bool isCreate = random.Next(12) == 0;
        byte[] data = isCreate ? generator.InitCode() : generator.CallData();
        List<AccessListEntry>? accessList = random.Next(3) != 0 ? null
            : [.. accounts[..random.Next(accounts.Length + 1)].Select(account => new AccessListEntry(
                account.Address,
                [.. Enumerable.Range(0, random.Next(3)).Select(static key => new UInt256((ulong)key))]))];
        return new EthereumTransaction(
            sender,
            (ulong)nonce,
            isCreate ? null : accounts[random.Next(accounts.Length)].Address,
            random.Next(3) == 0 ? (ulong)random.Next(100) : UInt256.Zero,
            data,
            IntrinsicGas.Of(data, isCreate, accessList) + ExecutionGas(random),
            GasPrice,
            GasPrice,
            accessList);
    }

    /// <summary>From none to plenty, so that programs run out everywhere.</summary>
    private static ulong ExecutionGas(Random random) => random.Next(100) switch
    {
        < 5 => (ulong)random.Next(200),
        < 20 => (ulong)random.Next(5_000),
        < 45 => (ulong)random.Next(100_000),
        < 90 => (ulong)random.Next(100_000, 800_000),
        _ => (ulong)random.Next(800_000, 6_000_000),
    };

    private static Address AddressOf(int seed, int number)
    {
        Span<byte> preimage = stackalloc byte[8];
        BinaryPrimitives.WriteInt32BigEndian(preimage, seed);
        BinaryPrimitives.WriteInt32BigEndian(preimage[4..], number);
        return new Address(Keccak256.Hash(preimage).ToArray().AsSpan(12));
    }
}
