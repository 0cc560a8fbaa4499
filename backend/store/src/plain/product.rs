//! Card products.

use cards_domain::access::Function;
use cards_domain::ids::{OrganisationId, ProductId};
use cards_domain::product::{CodeDelivery, Product};
use diesel::prelude::*;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{Plain, found, put};
use crate::error::{StoreError, unreadable};
use crate::rows::Row;
use crate::schema::product;
use crate::tx::Tx;

/// A product as it is edited.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EditedProduct {
    /// The product.
    pub product: Product,
    /// The organisation in whose name it is edited.
    pub organisation: OrganisationId,
    /// For the version check.
    pub version: i64,
}

#[derive(Queryable, Selectable, Serialize)]
#[diesel(table_name = product)]
pub(crate) struct ProductRow {
    id: Uuid,
    number: Option<String>,
    name: String,
    sis_marked: bool,
    has_photo: bool,
    validity_months: i32,
    pin_min: i16,
    pin_max: i16,
    code_delivery: String,
    orderable: bool,
    version: i64,
}

impl Row for ProductRow {
    const TABLE: &'static str = "product";
    const CHANGES: &'static [&'static str] = &[
        "number",
        "name",
        "sis_marked",
        "has_photo",
        "validity_months",
        "pin_min",
        "pin_max",
        "code_delivery",
        "orderable",
    ];
}

impl ProductRow {
    pub(crate) fn read(self) -> Result<Product, StoreError> {
        let bad = |what| unreadable("product", what);
        Ok(Product {
            id: ProductId(self.id),
            number: self
                .number
                .map(|number| number.parse().map_err(|_| bad("number")))
                .transpose()?,
            name: self.name,
            sis_marked: self.sis_marked,
            has_photo: self.has_photo,
            validity_months: self
                .validity_months
                .try_into()
                .map_err(|_| bad("validity_months"))?,
            pin_min: self.pin_min.try_into().map_err(|_| bad("pin_min"))?,
            pin_max: self.pin_max.try_into().map_err(|_| bad("pin_max"))?,
            code_delivery: self
                .code_delivery
                .parse::<CodeDelivery>()
                .map_err(|_| bad("code_delivery"))?,
            orderable: self.orderable,
        })
    }
}

impl Plain for EditedProduct {
    const KIND: &'static str = "product";
    const FUNCTION: Function = Function::ManageOrganisation;

    fn id(&self) -> Uuid {
        self.product.id.0
    }
    fn version(&self) -> i64 {
        self.version
    }
    fn organisation(&self) -> OrganisationId {
        self.organisation
    }

    fn load(tx: &mut Tx<'_>, id: Uuid) -> Result<Option<Self>, StoreError> {
        let row = product::table.find(id).select(ProductRow::as_select());
        found(row.first(tx.conn), |row: ProductRow| {
            let version = row.version;
            let organisation = OrganisationId(Uuid::nil());
            Ok(Self {
                product: row.read()?,
                organisation,
                version,
            })
        })
    }

    fn save(&self, tx: &mut Tx<'_>) -> Result<(), StoreError> {
        let months = i32::try_from(self.product.validity_months);
        let row = ProductRow {
            id: self.product.id.0,
            number: self
                .product
                .number
                .as_ref()
                .map(|number| number.as_str().to_owned()),
            name: self.product.name.clone(),
            sis_marked: self.product.sis_marked,
            has_photo: self.product.has_photo,
            validity_months: months.map_err(|_| unreadable("product", "validity_months"))?,
            pin_min: i16::from(self.product.pin_min),
            pin_max: i16::from(self.product.pin_max),
            code_delivery: <&str>::from(self.product.code_delivery).to_owned(),
            orderable: self.product.orderable,
            version: self.version + 1,
        };
        put(tx, row, self.version)
    }
}
