using System.Numerics;

namespace EnergyChain.Market.Model;

/// <summary>
/// Balances of coin. Only transfers change them, so their sum is constant. A push to an account that refuses leaves
/// the money with the payer and credits the account there.
/// </summary>
public sealed class AccountBook
{
    private readonly SortedDictionary<AccountId, Money> _balances = [];
    private readonly SortedDictionary<(AccountId Payer, AccountId Payee), Money> _credits = [];
    private readonly SortedSet<AccountId> _refusing = [];

    public Money Total => new(_balances.Values.Aggregate(BigInteger.Zero, (sum, money) => sum + money.BaseUnits));

    public Money BalanceOf(AccountId account) => _balances.GetValueOrDefault(account);

    public Money CreditOf(AccountId payer, AccountId payee) => _credits.GetValueOrDefault((payer, payee));

    /// <summary>All that the payer owes to accounts that refused.</summary>
    public Money CreditsOf(AccountId payer) => _credits
        .Where(credit => credit.Key.Payer == payer)
        .Aggregate(Money.Zero, (sum, credit) => sum + credit.Value);

    /// <summary>Makes coin, as genesis does.</summary>
    public void Endow(AccountId account, Money amount) => _balances[account] = BalanceOf(account) + amount;

    public void Refuse(AccountId account) => _refusing.Add(account);

    /// <summary>Throws <see cref="InvalidOperationException"/> where the balance is too low.</summary>
    public void Transfer(AccountId from, AccountId to, Money amount)
    {
        if (amount < Money.Zero || BalanceOf(from) < amount)
        {
            throw new InvalidOperationException($"{from} cannot pay {amount}: it has {BalanceOf(from)}.");
        }

        _balances[from] = BalanceOf(from) - amount;
        _balances[to] = BalanceOf(to) + amount;
    }

    public void Push(AccountId from, AccountId to, Money amount)
    {
        if (_refusing.Contains(to))
        {
            _credits[(from, to)] = CreditOf(from, to) + amount;
            return;
        }

        Transfer(from, to, amount);
    }

    /// <summary>Pays a credit to an account of the payee's choice; false where there is none.</summary>
    public bool TryWithdraw(AccountId payer, AccountId payee, AccountId recipient)
    {
        bool found = _credits.Remove((payer, payee), out Money credit) && credit > Money.Zero;
        if (found)
        {
            Transfer(payer, recipient, credit);
        }

        return found;
    }
}
