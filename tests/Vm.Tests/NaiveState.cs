using EnergyChain.Core.Crypto;
using EnergyChain.Core.Numerics;
using EnergyChain.Core.Primitives;
using EnergyChain.StateTests;
using EnergyChain.Vm.State;

namespace EnergyChain.Vm.Tests;

/// <summary>What an overlay of a few accounts must answer, kept so simply that a snapshot is a copy.</summary>
internal sealed class NaiveState
{
    private readonly AccountState[] _accounts;
    private readonly bool[] _warm;
    private readonly bool[] _touched;
    private readonly (UInt256 Current, UInt256 Original, UInt256 Transient, bool IsWarm)[,] _slots;

    public NaiveState(MemoryState world, int accounts, int keys)
    {
        _accounts = new AccountState[accounts];
        _warm = new bool[accounts];
        _touched = new bool[accounts];
        _slots = new (UInt256, UInt256, UInt256, bool)[accounts, keys];
        for (int i = 0; i < accounts; i++)
        {
            Address address = Address.FromNumber((uint)i + 1);
            _accounts[i] = world.TryGetAccount(address, out AccountState state) ? state : AccountState.Empty;
            for (int key = 0; key < keys; key++)
            {
                UInt256 value = world.GetStorage(address, (ulong)key);
                _slots[i, key] = (value, value, 0, false);
            }
        }
    }

    private NaiveState(NaiveState other)
    {
        _accounts = [.. other._accounts];
        _warm = [.. other._warm];
        _touched = [.. other._touched];
        _slots = (ValueTuple<UInt256, UInt256, UInt256, bool>[,])other._slots.Clone();
        Logs = other.Logs;
        Refund = other.Refund;
    }

    public int Logs { get; private set; }

    public long Refund { get; private set; }

    public static string Describe(
        AccountState account,
        bool isWarm,
        IEnumerable<(UInt256 Now, UInt256 Then, UInt256 Transient, bool IsWarm)> slots) =>
        $"{account.Nonce} {account.Balance} {account.CodeHash} {isWarm} {string.Join(' ', slots)}";

    public NaiveState Copy() => new(this);

    public string Describe(int account) => Describe(
        _accounts[account],
        _warm[account],
        Enumerable.Range(0, _slots.GetLength(1)).Select(key => _slots[account, key]));

    /// <param name="kind">The change, in the order of the test's list of kinds.</param>
    /// <param name="i">The account.</param>
    /// <param name="key">The slot.</param>
    /// <param name="value">The value.</param>
    public void Change(int kind, int i, int key, int value)
    {
        AccountState account = _accounts[i];
        UInt256 number = (ulong)value;
        _touched[i] |= kind <= 4;
        switch (kind)
        {
            case 0:
                _accounts[i] = account with { Balance = number };
                break;
            case 1:
                _accounts[i] = account with { Balance = account.Balance + number };
                break;
            case 2:
                _accounts[i] = account with { Nonce = account.Nonce + 1 };
                break;
            case 3:
                _accounts[i] = account with { CodeHash = Keccak256.Hash(new byte[value]) };
                break;
            case 4:
                _slots[i, key].Current = number;
                break;
            case 5:
                _slots[i, key].Transient = number;
                break;
            case 6:
                _warm[i] = true;
                _slots[i, key].IsWarm = true;
                break;
            case 7:
                Logs++;
                break;
            default:
                Refund += value;
                break;
        }
    }

    public void EndTransaction()
    {
        Logs = 0;
        Refund = 0;
        for (int i = 0; i < _accounts.Length; i++)
        {
            bool dies = _touched[i] && _accounts[i].IsEmpty;
            _accounts[i] = dies ? AccountState.Empty : _accounts[i];
            _touched[i] = false;
            _warm[i] = false;
            for (int key = 0; key < _slots.GetLength(1); key++)
            {
                UInt256 value = dies ? UInt256.Zero : _slots[i, key].Current;
                _slots[i, key] = (value, value, UInt256.Zero, false);
            }
        }
    }
}
