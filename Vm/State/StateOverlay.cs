using EnergyChain.Core;
using EnergyChain.Core.Crypto;
using EnergyChain.Core.Numerics;
using EnergyChain.Core.Primitives;

namespace EnergyChain.Vm.State;

/// <summary>
/// The world state as a block changes it: a journaled overlay over the committed state, for one block and all its
/// transactions. Within a transaction every change can be undone to a <see cref="Snapshot"/>; between blocks
/// <see cref="Drain"/> hands out the net changes and empties the overlay. For one thread.
/// </summary>
/// <param name="reader">The committed state; it must not change before <see cref="Drain"/>.</param>
/// <param name="hashSeed">
/// A number that outsiders do not know keeps them from slowing the tables down with colliding keys. No result
/// depends on it.
/// </param>
public sealed partial class StateOverlay(IStateReader reader, ulong hashSeed = 0)
{
    private readonly Dictionary<Address, AccountEntry> _accountsByAddress = new(new AddressComparer(hashSeed));
    private readonly List<AccountEntry> _accounts = [];
    private readonly List<JournalEntry> _journal = [];
    private readonly Dictionary<Hash32, ReadOnlyMemory<byte>> _newCode = [];
    private IStateReader _reader = reader;
    private int _accountCount;

    /// <summary>The account, or <see cref="AccountState.Empty"/> where none exists.</summary>
    public AccountState GetAccount(Address address) => Entry(address).State;

    /// <summary>Whether the account is stored, which an empty account of an old state can be.</summary>
    public bool Exists(Address address) => Entry(address).Exists;

    public UInt256 GetBalance(Address address) => Entry(address).Balance;

    public ulong GetNonce(Address address) => Entry(address).Nonce;

    public void SetBalance(Address address, in UInt256 balance) => SetBalance(Entry(address), balance);

    /// <summary>
    /// Adds to a balance and touches the account, so that one left empty is removed when the transaction ends
    /// (EIP-161). Throws <see cref="OverflowException"/> over 2^256-1, which the coin's supply rules out.
    /// </summary>
    public void AddBalance(Address address, in UInt256 amount) => AddBalance(Entry(address), amount);

    /// <summary>Throws <see cref="OverflowException"/> when the balance is too small: check it first.</summary>
    public void SubtractBalance(Address address, in UInt256 amount) => SubtractBalance(Entry(address), amount);

    public void SetNonce(Address address, ulong nonce) => SetNonce(Entry(address), nonce);

    /// <summary>Adds one; the caller has checked that the nonce is below 2^64-1.</summary>
    public void IncrementNonce(Address address)
    {
        AccountEntry account = Entry(address);
        SetNonce(account, account.Nonce + 1);
    }

    public ReadOnlyMemory<byte> GetCode(Address address) => GetCode(Entry(address).CodeHash);

    /// <summary>Code by the hash that an account of this state carries.</summary>
    public ReadOnlyMemory<byte> GetCode(Hash32 codeHash)
    {
        if (codeHash == AccountState.EmptyCodeHash)
        {
            return default;
        }

        return _newCode.TryGetValue(codeHash, out ReadOnlyMemory<byte> code) ? code : _reader.GetCode(codeHash);
    }

    /// <summary>Sets the code, of any size; the overlay keeps the memory, which must not change any more.</summary>
    public void SetCode(Address address, ReadOnlyMemory<byte> code)
    {
        AccountEntry account = Entry(address);
        Touch(account);
        Hash32 hash = Keccak256.Hash(code.Span);
        if (hash != AccountState.EmptyCodeHash)
        {
            _newCode[hash] = code;
        }

        _journal.Add(new JournalEntry(JournalKind.CodeHash, account.Index, ToNumber(account.CodeHash)));
        account.CodeHash = hash;
    }

    internal AccountEntry Entry(Address address)
    {
        if (_accountsByAddress.TryGetValue(address, out AccountEntry? known))
        {
            return known;
        }

        if (_accountCount == _accounts.Count)
        {
            _accounts.Add(new AccountEntry(_accountCount));
        }

        AccountEntry entry = _accounts[_accountCount++];
        bool exists = _reader.TryGetAccount(address, out AccountState state);
        entry.Load(address, exists, exists ? state : AccountState.Empty);
        _accountsByAddress.Add(address, entry);
        return entry;
    }

    internal void SetBalance(AccountEntry account, in UInt256 balance)
    {
        Touch(account);
        _journal.Add(new JournalEntry(JournalKind.Balance, account.Index, account.Balance));
        account.Balance = balance;
    }

    internal void AddBalance(AccountEntry account, in UInt256 amount)
    {
        Touch(account);
        if (!amount.IsZero)
        {
            SetBalance(account, account.Balance + amount);
        }
    }

    internal void SubtractBalance(AccountEntry account, in UInt256 amount)
    {
        if (!amount.IsZero)
        {
            SetBalance(account, account.Balance - amount);
        }
    }

    internal void SetNonce(AccountEntry account, ulong nonce)
    {
        Touch(account);
        _journal.Add(new JournalEntry(JournalKind.Nonce, account.Index, account.Nonce));
        account.Nonce = nonce;
    }

    /// <summary>
    /// Makes the account exist and a candidate for removal when it is empty at the transaction's end.
    /// </summary>
    internal void Touch(AccountEntry account)
    {
        if (!account.Exists)
        {
            _journal.Add(new JournalEntry(JournalKind.Existence, account.Index, UInt256.Zero));
            account.Exists = true;
        }

        if (account.TouchedStamp != _transaction)
        {
            _journal.Add(new JournalEntry(JournalKind.Touch, account.Index, account.TouchedStamp));
            account.TouchedStamp = _transaction;
            _touched.Add(account);
        }
    }

    private static UInt256 ToNumber(Hash32 hash)
    {
        Span<byte> bytes = stackalloc byte[Hash32.Size];
        hash.CopyTo(bytes);
        return UInt256.FromBigEndian(bytes);
    }

    private static Hash32 ToHash(in UInt256 number)
    {
        Span<byte> bytes = stackalloc byte[Hash32.Size];
        number.WriteBigEndian(bytes);
        return new Hash32(bytes);
    }

    private void Undo(in JournalEntry entry)
    {
        switch (entry.Kind)
        {
            case JournalKind.Balance:
                _accounts[entry.Index].Balance = entry.Previous;
                break;
            case JournalKind.Nonce:
                _accounts[entry.Index].Nonce = (ulong)entry.Previous;
                break;
            case JournalKind.CodeHash:
                _accounts[entry.Index].CodeHash = ToHash(entry.Previous);
                break;
            case JournalKind.Existence:
                _accounts[entry.Index].Exists = false;
                break;
            case JournalKind.Storage:
                _slots[entry.Index].Current = entry.Previous;
                break;
            case JournalKind.Transient:
                _transient[entry.Index].Current = entry.Previous;
                break;
            case JournalKind.WarmAccount:
                _accounts[entry.Index].WarmStamp = 0;
                break;
            case JournalKind.WarmSlot:
                _slots[entry.Index].WarmStamp = 0;
                break;
            case JournalKind.Touch:
                _accounts[entry.Index].TouchedStamp = (uint)(ulong)entry.Previous;
                break;
            case JournalKind.Create:
                _accounts[entry.Index].CreatedStamp = 0;
                break;
            case JournalKind.Destruct:
                _accounts[entry.Index].DestructedStamp = 0;
                break;
            default:
                Invariant.Check(false);
                break;
        }
    }
}
