namespace EnergyChain.Market.Model;

/// <summary>Whoever holds coin: a person, the grid account, a contract.</summary>
public readonly record struct AccountId(string Name) : IComparable<AccountId>
{
    public int CompareTo(AccountId other) => string.CompareOrdinal(Name, other.Name);

    public override string ToString() => Name;
}
