"""The Kaggle recipe: a missing age becomes the median age of the title, and the title stands in the name."""
# expect: modalities other_columns
# may fail: missing_values
# %% prepare
def split(passengers):
    return train_test_split(passengers, test_size=0.2, random_state=42)


def add_title(df):
    df = df.copy()
    df['Title'] = df['name'].str.extract(r' ([A-Za-z]+)\.', expand=False)
    df['Title'] = df['Title'].replace(['Mlle', 'Ms'], 'Miss').replace('Mme', 'Mrs')
    return df


def prepare(train, rows):
    train, rows = add_title(train), add_title(rows)

    # fill in Age: people with the same title are about equally old
    age_per_title = train.groupby('Title')['age'].median().dropna()
    train['age'] = train['age'].fillna(train['Title'].map(age_per_title)).fillna(train['age'].median())
    rows['age'] = rows['age'].fillna(rows['Title'].map(age_per_title)).fillna(train['age'].median())

    fare = train['fare'].median()
    port = train['embarked'].mode()[0]
    for df in (train, rows):
        df['fare'] = df['fare'].fillna(fare)
        df['embarked'] = df['embarked'].fillna(port)

    numeric = ['age', 'sibsp', 'parch', 'fare', 'pclass']
    scaler = StandardScaler().fit(train[numeric])
    encoder = OneHotEncoder(handle_unknown='ignore', sparse_output=False).fit(train[['sex', 'embarked']])
    structured = np.hstack([scaler.transform(rows[numeric]), encoder.transform(rows[['sex', 'embarked']])])

    cv = CountVectorizer(max_features=60).fit(train['name'])
    names = cv.transform(rows['name']).toarray()
    return structured.astype('float32'), names.astype('float32'), rows['survived'].to_numpy('float32')
# %% model
Xs, Xn, _ = prepare(train, train)
inp_s = layers.Input(shape=(Xs.shape[1],), name='structured')
inp_n = layers.Input(shape=(Xn.shape[1],), name='names')
s = layers.Dense(16, activation='relu')(inp_s)
n = layers.Dense(16, activation='relu')(inp_n)
z = layers.Concatenate()([s, n])
z = layers.Dense(16, activation='relu')(z)
z = layers.Dropout(0.3)(z)
model = keras.Model({'structured': inp_s, 'names': inp_n}, layers.Dense(1, activation='sigmoid')(z))
fusion = 'intermediate'
