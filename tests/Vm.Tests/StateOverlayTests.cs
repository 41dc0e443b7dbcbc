using CsCheck;
using EnergyChain.Core.Chain;
using EnergyChain.Core.Crypto;
using EnergyChain.Core.Numerics;
using EnergyChain.Core.Primitives;
using EnergyChain.StateTests;
using EnergyChain.Vm.State;

namespace EnergyChain.Vm.Tests;

/// <summary>The journaled overlay against a world that is copied whole for every snapshot.</summary>
public sealed class StateOverlayTests
{
    private const int Accounts = 4;
    private const int Keys = 3;

    private enum Kind
    {
        SetBalance,
        AddBalance,
        IncrementNonce,
        SetCode,
        SetStorage,
        SetTransient,
        Warm,
        Log,
        Refund,
        Snapshot,
        Revert,
        EndTransaction,
    }

    private static readonly Gen<(Kind Kind, int Account, int Key, int Value)[]> Scripts = Gen.Select(
        Gen.Enum<Kind>(), Gen.Int[0, Accounts - 1], Gen.Int[0, Keys - 1], Gen.Int[0, 3],
        static (kind, account, key, value) => (kind, account, key, value)).Array[0, 60];

    [Test]
    public void Overlay_forgets_how_large_a_block_was()
    {
        const int manyAccounts = 400_000;
        const long keptBytes = 8 * 1024 * 1024;
        StateOverlay overlay = new(new MemoryState());
        long before = GC.GetTotalMemory(forceFullCollection: true);
        overlay.BeginTransaction();
        for (uint i = 0; i < manyAccounts; i++)
        {
            overlay.WarmUp(Address.FromNumber(i));
        }

        overlay.Drain();
        Assert.That(GC.GetTotalMemory(forceFullCollection: true) - before, Is.LessThan(keptBytes));
        GC.KeepAlive(overlay);
    }

    [Test]
    public void Restart_leaves_nothing_of_a_transaction_that_was_abandoned()
    {
        StateOverlay overlay = new(new MemoryState());
        overlay.BeginTransaction();
        overlay.AddBalance(Address.FromNumber(1), 5);
        overlay.SetCode(Address.FromNumber(1), new byte[] { 1 });
        overlay.SetStorage(Address.FromNumber(1), 2, 3);
        overlay.SetTransientStorage(Address.FromNumber(1), 2, 3);
        overlay.WarmUp(Address.FromNumber(1), 2);
        overlay.AddRefund(7);
        overlay.AddLog(new LogEntry(default, [], default));

        overlay.Restart(new MemoryState());
        overlay.BeginTransaction();
        Address account = Address.FromNumber(1);
        Assert.That(overlay.Exists(account), Is.False);
        Assert.That(overlay.GetCode(account).Length, Is.Zero);
        Assert.That(overlay.GetCode(Keccak256.Hash([1])).Length, Is.Zero);
        Assert.That(overlay.GetStorage(account, 2).IsZero);
        Assert.That(overlay.GetTransientStorage(account, 2).IsZero);
        Assert.That(overlay.IsWarm(account, 2), Is.False);
        Assert.That(overlay.Refund, Is.Zero);
        Assert.That(overlay.Logs, Is.Empty);
        StateChanges changes = overlay.Drain();
        Assert.That(changes.Accounts.Count + changes.Storage.Count + changes.Codes.Count, Is.Zero);
    }

    [Test]
    public void Any_sequence_of_changes_and_reverts_equals_copied_worlds() => Scripts.Sample(script =>
    {
        MemoryState world = Genesis();
        StateOverlay overlay = new(world);
        NaiveState naive = new(world, Accounts, Keys);
        overlay.BeginTransaction();
        Stack<(StateSnapshot Snapshot, NaiveState State)> snapshots = new();
        foreach ((Kind kind, int account, int key, int value) in script)
        {
            Step(overlay, ref naive, snapshots, kind, account, key, value);
            AssertSame(overlay, naive);
        }

        overlay.EndTransaction();
        naive.EndTransaction();
        AssertSame(overlay, naive);
        world.Apply(overlay.Drain());
        AssertSame(new StateOverlay(world), naive);
    }, iter: 2_000);

    [Test]
    public void Drained_changes_are_sorted_and_only_net_ones()
    {
        MemoryState world = Genesis();
        StateOverlay overlay = new(world);
        overlay.BeginTransaction();
        for (uint i = 9; i > 0; i--)
        {
            overlay.SetBalance(Address.FromNumber(i), i);
            overlay.SetStorage(Address.FromNumber(i), 2, 1);
            overlay.SetStorage(Address.FromNumber(i), 1, 1);
            overlay.SetStorage(Address.FromNumber(i), 3, 1);
            overlay.SetStorage(Address.FromNumber(i), 3, 0);
        }

        overlay.EndTransaction();
        StateChanges changes = overlay.Drain();
        Assert.That(changes.Accounts.Select(static a => a.Address), Is.Ordered);
        Assert.That(changes.Storage.Select(static s => (s.Address, s.Key)), Is.Ordered.And.Unique);
        Assert.That(changes.Storage.Where(static s => s.Key == 3), Is.Empty);
        Assert.That(overlay.Drain().Accounts, Is.Empty);
    }

    [Test]
    public void Committed_storage_is_the_value_at_the_start_of_the_transaction()
    {
        StateOverlay overlay = new(Genesis());
        Address address = Address.FromNumber(1);
        overlay.BeginTransaction();
        overlay.SetStorage(address, 0, 5);
        overlay.EndTransaction();
        overlay.BeginTransaction();
        StateSnapshot snapshot = overlay.Snapshot();
        overlay.SetStorage(address, 0, 6);
        Assert.That(overlay.GetCommittedStorage(address, 0), Is.EqualTo(new UInt256(5)));
        overlay.RevertTo(snapshot);
        Assert.That(overlay.GetStorage(address, 0), Is.EqualTo(new UInt256(5)));
        Assert.That(overlay.GetCommittedStorage(address, 0), Is.EqualTo(new UInt256(5)));
    }

    [Test]
    public void Touched_empty_account_is_deleted_with_its_storage()
    {
        MemoryState world = Genesis();
        Address address = Address.FromNumber(77);
        world.SetAccount(address, 0, 0, default);
        world.SetStorage(address, 1, 1);
        StateOverlay overlay = new(world);
        overlay.BeginTransaction();
        overlay.AddBalance(address, 0);
        overlay.EndTransaction();
        Assert.That(overlay.GetStorage(address, 1), Is.EqualTo(UInt256.Zero));
        Assert.That(overlay.Drain().Accounts, Is.EqualTo(new[] { new AccountChange(address, null, true) }));
    }

    [Test]
    public void Many_slots_are_all_found_again()
    {
        StateOverlay overlay = new(Genesis(), hashSeed: 12_345);
        Address address = Address.FromNumber(1);
        overlay.BeginTransaction();
        for (ulong i = 0; i < 5_000; i++)
        {
            overlay.SetStorage(address, new UInt256(0, i), i + 1);
        }

        IEnumerable<ulong> found = Enumerable.Range(0, 5_000)
            .Select(i => (ulong)overlay.GetStorage(address, new UInt256(0, (ulong)i)) - (ulong)i);
        Assert.That(found, Is.All.EqualTo(1UL));
        overlay.EndTransaction();
        Assert.That(overlay.Drain().Storage, Has.Count.EqualTo(5_000));
    }

    private static MemoryState Genesis()
    {
        MemoryState world = new();
        world.SetAccount(Address.FromNumber(1), 1, 10, new byte[] { 1 });
        world.SetStorage(Address.FromNumber(1), 0, 3);
        world.SetAccount(Address.FromNumber(2), 0, 2, default);
        return world;
    }

    private static void Step(
        StateOverlay overlay,
        ref NaiveState naive,
        Stack<(StateSnapshot Snapshot, NaiveState State)> snapshots,
        Kind kind,
        int account,
        int key,
        int value)
    {
        Address address = Address.FromNumber((uint)account + 1);
        switch (kind)
        {
            case Kind.Snapshot:
                snapshots.Push((overlay.Snapshot(), naive.Copy()));
                return;
            case Kind.Revert when snapshots.TryPop(out var earlier):
                overlay.RevertTo(earlier.Snapshot);
                naive = earlier.State;
                return;
            case Kind.Revert:
                return;
            case Kind.EndTransaction:
                snapshots.Clear();
                overlay.EndTransaction();
                overlay.BeginTransaction();
                naive.EndTransaction();
                return;
            default:
                Change(overlay, address, kind, key, value);
                naive.Change((int)kind, account, key, value);
                return;
        }
    }

    private static void Change(StateOverlay overlay, Address address, Kind kind, int key, int value)
    {
        UInt256 slot = (ulong)key;
        switch (kind)
        {
            case Kind.SetBalance:
                overlay.SetBalance(address, (ulong)value);
                break;
            case Kind.AddBalance:
                overlay.AddBalance(address, (ulong)value);
                break;
            case Kind.IncrementNonce:
                overlay.IncrementNonce(address);
                break;
            case Kind.SetCode:
                overlay.SetCode(address, new byte[value]);
                break;
            case Kind.SetStorage:
                overlay.SetStorage(address, slot, (ulong)value);
                break;
            case Kind.SetTransient:
                overlay.SetTransientStorage(address, slot, (ulong)value);
                break;
            case Kind.Warm:
                overlay.WarmUp(address);
                overlay.WarmUp(address, slot);
                break;
            case Kind.Log:
                overlay.AddLog(new LogEntry(address, [], new byte[value]));
                break;
            default:
                overlay.AddRefund(value);
                break;
        }
    }

    private static void AssertSame(StateOverlay overlay, NaiveState naive)
    {
        for (int account = 0; account < Accounts; account++)
        {
            Address address = Address.FromNumber((uint)account + 1);
            string expected = naive.Describe(account);
            string actual = NaiveState.Describe(
                overlay.GetAccount(address),
                overlay.IsWarm(address),
                Enumerable.Range(0, Keys).Select(key => (
                    overlay.GetStorage(address, (ulong)key),
                    overlay.GetCommittedStorage(address, (ulong)key),
                    overlay.GetTransientStorage(address, (ulong)key),
                    overlay.IsWarm(address, (ulong)key))));
            Assert.That(actual, Is.EqualTo(expected));
        }

        Assert.That(overlay.Logs, Has.Count.EqualTo(naive.Logs));
        Assert.That(overlay.Refund, Is.EqualTo(naive.Refund));
    }
}
