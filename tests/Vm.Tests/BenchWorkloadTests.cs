using System.Text.Json;
using EnergyChain.Core.Numerics;
using EnergyChain.Core.Primitives;
using EnergyChain.StateTests;
using EnergyChain.Vm.State;

namespace EnergyChain.Vm.Tests;

/// <summary>The benchmark's bytecode gives its published results at its published gas.</summary>
[Category("Vectors")]
public sealed class BenchWorkloadTests
{
    private static readonly string[] Names = ["arith", "wide", "keccak", "memcopy", "storageLoop", "sort", "erc20"];

    [TestCaseSource(nameof(Names))]
    public void Workload_gives_the_expected_word_and_gas(string name)
    {
        using JsonDocument document = SharedData.Json("vectors/evm-bench/bench.json");
        JsonElement bench = document.RootElement;
        JsonElement workload = bench.GetProperty("workloads").EnumerateArray()
            .Single(candidate => candidate.GetProperty("name").GetString() == name);
        Address address = AddressOf(bench.GetProperty("address"));
        MemoryState world = new();
        world.SetAccount(address, 1, UInt256.Zero, BytesOf(bench.GetProperty("runtime")));
        StateOverlay state = new(world);
        state.BeginTransaction();
        ExecutionResult result = new EvmMachine().Execute(
            new VmHost().Block,
            new TransactionEnvironment(VmHost.Caller, 0),
            new CallMessage(VmHost.Caller, address, 0, BytesOf(workload.GetProperty("calldata")), 1_000_000_000),
            state);
        Assert.That(result.Status, Is.EqualTo(ExecutionStatus.Success));
        Assert.That(Hex.Encode(result.ReturnData.Span), Is.EqualTo(workload.GetProperty("returns").GetString()));
        Assert.That(result.GasUsed, Is.EqualTo(workload.GetProperty("gas").GetUInt64()));
    }

    private static Address AddressOf(JsonElement text) =>
        Address.TryParse(text.GetString()!.ToLowerInvariant(), out Address address)
            ? address
            : throw new FormatException(text.GetString());

    private static byte[] BytesOf(JsonElement text) =>
        Hex.TryDecode(text.GetString(), 1 << 20, out byte[] bytes)
            ? bytes
            : throw new FormatException(text.GetString());
}
